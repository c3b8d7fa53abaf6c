/**
 * What callers notice when slots move to another primary and back.
 */
@NullMarked
package io.github.hotplate.benchmark.migration;

import org.jspecify.annotations.NullMarked;
