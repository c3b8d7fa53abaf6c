/**
 * Threads that write and read all the time, and remember how each call went.
 */
@NullMarked
package io.github.hotplate.benchmark.load;

import org.jspecify.annotations.NullMarked;
