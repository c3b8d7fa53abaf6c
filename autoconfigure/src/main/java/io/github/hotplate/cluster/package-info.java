/**
 * The way to Redis, be it a cluster, a primary behind Sentinels or a single server: the
 * topology, the connections to the nodes within one limit, and the routing of commands to
 * them.
 */
@NullMarked
package io.github.hotplate.cluster;

import org.jspecify.annotations.NullMarked;
