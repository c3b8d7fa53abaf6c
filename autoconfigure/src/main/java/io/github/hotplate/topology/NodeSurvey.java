package io.github.hotplate.topology;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.execution.DedicatedConnections;
import io.github.hotplate.support.BackgroundThreads;

/**
 * Asks nodes about themselves, side by side, for people who look at them. Each node has
 * one question at a time, on a connection of its own; those who ask meanwhile share the
 * answer. Nobody waits for a node that does not answer soon. Thread-safe.
 */
public final class NodeSurvey implements AutoCloseable {

	/**
	 * Each silent node holds a thread for its time-out.
	 */
	private static final int THREADS = 8;

	/**
	 * Ample for a live node that is not far away.
	 */
	private static final Duration TIMEOUT = Duration.ofMillis(500);

	private final DedicatedConnections connections;

	private final BackgroundThreads threads;

	private final Map<HostAndPort, CompletableFuture<NodeStatus>> questions = new ConcurrentHashMap<>();

	/**
	 * Create an instance that has asked no node.
	 * @param client the name of the client
	 * @param connections opens connections
	 */
	public NodeSurvey(String client, DedicatedConnections connections) {
		this.connections = connections;
		this.threads = new BackgroundThreads(client, "survey", THREADS);
	}

	/**
	 * Ask nodes, and return at once.
	 * @param nodes the nodes
	 * @param patience how long to wait for all of them together
	 * @return the answers of those that answer in time
	 */
	public CompletableFuture<Map<HostAndPort, NodeStatus>> ask(Collection<HostAndPort> nodes, Duration patience) {
		Map<HostAndPort, CompletableFuture<NodeStatus>> asked = new HashMap<>();
		nodes.forEach((node) -> asked.put(node, this.questions.computeIfAbsent(node, this::ask)));
		return CompletableFuture.allOf(asked.values().toArray(CompletableFuture<?>[]::new))
			.completeOnTimeout(null, patience.toNanos(), TimeUnit.NANOSECONDS)
			.handle((ended, failure) -> answers(asked));
	}

	private static Map<HostAndPort, NodeStatus> answers(Map<HostAndPort, CompletableFuture<NodeStatus>> asked) {
		Map<HostAndPort, NodeStatus> answers = new HashMap<>();
		asked.forEach((node, question) -> {
			if (question.isDone() && !question.isCompletedExceptionally()) {
				answers.put(node, question.join());
			}
		});
		return answers;
	}

	private CompletableFuture<NodeStatus> ask(HostAndPort node) {
		CompletableFuture<NodeStatus> question = new CompletableFuture<>();
		this.threads.submit(() -> answer(node, question));
		return question;
	}

	private void answer(HostAndPort node, CompletableFuture<NodeStatus> question) {
		try (Connection connection = this.connections.open(node, TIMEOUT)) {
			question.complete(NodeStatus
				.parse(ServerInfo.text(connection, "server") + "\n" + ServerInfo.text(connection, "replication")));
		}
		catch (RuntimeException ex) {
			question.completeExceptionally(ex);
		}
		finally {
			// Otherwise an Error would leave a question that is never answered.
			question.cancel(false);
			this.questions.remove(node, question);
		}
	}

	@Override
	public void close() {
		this.threads.close();
	}

}
