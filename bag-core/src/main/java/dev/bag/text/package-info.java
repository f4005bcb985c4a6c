/** How texts are shown in messages: {@link dev.bag.text.Escapes}. Hidden from users, seen by every package. */
@org.jspecify.annotations.NullMarked
package dev.bag.text;
