/** How texts and numbers are shown in messages: {@link dev.bag.text.Escapes}, {@link dev.bag.text.Digits}. Hidden from users, seen by every package. */
@org.jspecify.annotations.NullMarked
package dev.bag.text;
