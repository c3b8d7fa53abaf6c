/**
 * Threads, listeners and counted failures that every package may use.
 */
@NullMarked
package io.github.hotplate.support;

import org.jspecify.annotations.NullMarked;
