/**
 * The connections to each node, within one limit.
 */
@NullMarked
package io.github.hotplate.pool;

import org.jspecify.annotations.NullMarked;
