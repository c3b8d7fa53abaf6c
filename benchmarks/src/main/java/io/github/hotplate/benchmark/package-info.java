/**
 * Long runs and comparisons with other clients, on a real Redis Cluster.
 */
@NullMarked
package io.github.hotplate.benchmark;

import org.jspecify.annotations.NullMarked;
