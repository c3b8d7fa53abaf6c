package io.github.hotplate.routing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * The commands of a batch that wait to be sent. What was redirected comes first, and as
 * long as there is such a command, no other is sent. Of the commands of one place that
 * were redirected to different nodes, the later ones wait for the earlier ones. So no
 * command overtakes another of its place. Not thread-safe.
 */
final class WireQueue {

	/**
	 * Number of commands written to a node before their replies are read: enough to hide
	 * the round trip, few enough to bound the memory for replies on both sides.
	 */
	static final int CHUNK = 1_000;

	private static final Comparator<HostAndPort> NODE_ORDER = Comparator.comparing(HostAndPort::getHost)
		.thenComparingInt(HostAndPort::getPort);

	private final Map<HostAndPort, Deque<PendingCommand>> waiting = new HashMap<>();

	private List<PendingCommand> redirected = new ArrayList<>();

	boolean isEmpty() {
		return this.waiting.isEmpty() && this.redirected.isEmpty();
	}

	void add(PendingCommand command) {
		this.waiting.computeIfAbsent(command.target(), (key) -> new ArrayDeque<>()).add(command);
	}

	void addRedirected(PendingCommand command) {
		this.redirected.add(command);
	}

	/**
	 * Take what can be sent in one round.
	 * @return the commands of each node in their order, in an order of nodes that is the
	 * same for all batches
	 */
	SortedMap<HostAndPort, List<PendingCommand>> next() {
		return this.redirected.isEmpty() ? nextWaiting() : nextRedirected();
	}

	private SortedMap<HostAndPort, List<PendingCommand>> nextWaiting() {
		SortedMap<HostAndPort, List<PendingCommand>> lots = new TreeMap<>(NODE_ORDER);
		List.copyOf(this.waiting.keySet()).forEach((node) -> lots.put(node, take(node, CHUNK)));
		return lots;
	}

	private SortedMap<HostAndPort, List<PendingCommand>> nextRedirected() {
		SortedMap<HostAndPort, List<PendingCommand>> lots = new TreeMap<>(NODE_ORDER);
		List<PendingCommand> later = new ArrayList<>();
		Map<Object, Route> routes = new HashMap<>();
		Set<Object> held = new HashSet<>();
		this.redirected.sort(Comparator.comparingInt(PendingCommand::index));
		for (PendingCommand command : this.redirected) {
			Object place = Objects.requireNonNullElse(command.command().place(), command);
			Route route = new Route(command.target(), command.asking());
			List<PendingCommand> lot = lots.computeIfAbsent(command.target(), (node) -> new ArrayList<>());
			if (held.contains(place) || lot.size() == CHUNK
					|| !routes.computeIfAbsent(place, (key) -> route).equals(route)) {
				held.add(place);
				later.add(command);
			}
			else {
				lot.add(command);
			}
		}
		this.redirected = later;
		lots.values().removeIf(List::isEmpty);
		return lots;
	}

	/**
	 * Take commands of one node.
	 * @param node the node
	 * @param most how many at most
	 * @return the next commands, which were not redirected
	 */
	List<PendingCommand> take(HostAndPort node, int most) {
		@Nullable Deque<PendingCommand> queue = this.waiting.get(node);
		List<PendingCommand> taken = new ArrayList<>();
		if (queue != null) {
			while (taken.size() < most && !queue.isEmpty()) {
				taken.add(queue.remove());
			}
			if (queue.isEmpty()) {
				this.waiting.remove(node);
			}
		}
		return taken;
	}

	/**
	 * Put back what was taken and could not be sent.
	 * @param node the node
	 * @param commands the commands in their order
	 * @param wereRedirected whether they had been redirected
	 */
	void putBack(HostAndPort node, List<PendingCommand> commands, boolean wereRedirected) {
		if (commands.isEmpty()) {
			return;
		}
		if (wereRedirected) {
			this.redirected.addAll(commands);
			return;
		}
		Deque<PendingCommand> queue = this.waiting.computeIfAbsent(node, (key) -> new ArrayDeque<>());
		for (int i = commands.size() - 1; i >= 0; i--) {
			queue.addFirst(commands.get(i));
		}
	}

	boolean hasRedirected() {
		return !this.redirected.isEmpty();
	}

	private record Route(HostAndPort node, boolean asking) {

	}

}
