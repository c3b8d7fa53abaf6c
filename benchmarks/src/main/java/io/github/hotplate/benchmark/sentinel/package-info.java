/**
 * What callers notice when Sentinels promote a replica.
 */
@NullMarked
package io.github.hotplate.benchmark.sentinel;

import org.jspecify.annotations.NullMarked;
