/**
 * What callers notice when one of several independent servers dies and returns.
 */
@NullMarked
package io.github.hotplate.benchmark.sharding;

import org.jspecify.annotations.NullMarked;
