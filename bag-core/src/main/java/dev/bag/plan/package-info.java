/** What a bag or a delayed value means, as data: no behaviour, no handles. */
@org.jspecify.annotations.NullMarked
package dev.bag.plan;

