/**
 * The way to a Redis Cluster: its topology, the connections to its nodes within one
 * limit, and the routing of commands to them.
 */
@NullMarked
package io.github.hotplate.cluster;

import org.jspecify.annotations.NullMarked;
