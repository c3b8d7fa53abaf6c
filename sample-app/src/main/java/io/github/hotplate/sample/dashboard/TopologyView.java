package io.github.hotplate.sample.dashboard;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The nodes of one client as the page draws them.
 *
 * @param client the client's name
 * @param mode how the nodes work together, as it is written in the configuration
 * @param maxConnections the most connections the client may have in all
 * @param nodes every node that was ever seen, dead ones included
 * @param problem why the nodes are those of an earlier moment, or null if they are not
 * @param events what happened to the nodes in the last minutes, oldest first
 */
record TopologyView(String client, String mode, int maxConnections, List<NodeView> nodes, @Nullable String problem,
		List<NodeEvent> events) {

}
