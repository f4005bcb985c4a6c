/** Pictures of plans, drawn by graphper. bag-core finds {@link dev.bag.view.GraphDrawer} as a service when {@code visualize} is called. */
@org.jspecify.annotations.NullMarked
package dev.bag.view;
