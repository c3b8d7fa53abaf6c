/**
 * Threads, listeners and counted failures, which every room may use.
 */
@NullMarked
package io.github.hotplate.support;

import org.jspecify.annotations.NullMarked;
