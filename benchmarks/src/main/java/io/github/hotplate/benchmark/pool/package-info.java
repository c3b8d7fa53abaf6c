/**
 * Whether the limit on connections holds when far more threads want one.
 */
@NullMarked
package io.github.hotplate.benchmark.pool;

import org.jspecify.annotations.NullMarked;
