/**
 * A client assembled: wires its parts, starts it and shuts it down.
 * <p>
 * Internal except for {@link ClusterPool}, {@link ClusterPoolFactory} and
 * {@link ClientStartupException}: may change without notice.
 */
@NullMarked
package io.github.hotplate.client;

import org.jspecify.annotations.NullMarked;
