/**
 * What callers notice when a primary dies, is paused or steps down.
 */
@NullMarked
package io.github.hotplate.benchmark.failover;

import org.jspecify.annotations.NullMarked;
