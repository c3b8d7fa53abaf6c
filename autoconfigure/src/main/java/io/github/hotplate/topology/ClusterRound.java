package io.github.hotplate.topology;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

import redis.clients.jedis.HostAndPort;

import io.github.hotplate.execution.ClusterDownException;

/**
 * One round of questions to the nodes of a cluster, a few at a time. It asks the next
 * node when one fails or is silent, and nodes that it only learns of from others, too. It
 * ends as soon as enough nodes have answered, and waits for the others only for a moment.
 * Not thread-safe.
 */
final class ClusterRound {

	/**
	 * So many nodes are asked at first, and so many answers are enough.
	 */
	private static final int ENOUGH = 3;

	/**
	 * So many answers end the round if all nodes say that the cluster is down.
	 */
	private static final int MOST = 5;

	/**
	 * Ample for a live node, short compared with the 200 ms target for finding a promoted
	 * replica.
	 */
	private static final long PATIENCE = Duration.ofMillis(50).toNanos();

	private final NodeQuestions questions;

	private final Deque<HostAndPort> candidates;

	private final Set<HostAndPort> seen;

	private final Set<HostAndPort> open = new HashSet<>();

	private final ClusterViews views;

	private final List<RuntimeException> failures = new ArrayList<>();

	private final LongSupplier nanoTime;

	/**
	 * Begin a round.
	 * @param questions asks the nodes
	 * @param candidates the nodes to ask, in this order, at least one
	 * @param views collects the answers
	 * @param nanoTime tells the time
	 */
	ClusterRound(NodeQuestions questions, List<HostAndPort> candidates, ClusterViews views, LongSupplier nanoTime) {
		this.questions = questions;
		this.candidates = new ArrayDeque<>(candidates);
		this.seen = new HashSet<>(candidates);
		this.views = views;
		this.nanoTime = nanoTime;
	}

	/**
	 * Ask the nodes.
	 * @return their answers, empty if none answered
	 */
	ClusterViews run() {
		this.questions.begin(this.seen, this.views.known(), this.views.knownEpoch());
		askUpTo(ENOUGH);
		try {
			long progress = this.nanoTime.getAsLong();
			while (!this.open.isEmpty() && !isOver()) {
				NodeQuestions.Answer answer = this.questions.next(progress + PATIENCE - this.nanoTime.getAsLong());
				if (answer != null) {
					take(answer);
				}
				else if (this.views.isConclusive() || (!askNext() && this.views.size() > 0)) {
					this.open.forEach(this.questions::noteSilent);
					break;
				}
				progress = this.nanoTime.getAsLong();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.failures.add(new ClusterDownException("Interrupted while asking for the topology", ex));
		}
		return this.views;
	}

	private boolean isOver() {
		return this.views.size() >= (this.views.isConclusive() ? ENOUGH : MOST);
	}

	private void take(NodeQuestions.Answer answer) {
		if (!this.open.remove(answer.node())) {
			return;
		}
		ClusterView view = answer.view();
		if (view != null) {
			this.views.add(view);
			view.topology().nodes().stream().map(Node::address).filter(this.seen::add).forEach(this.candidates::add);
		}
		if (answer.failure() != null) {
			this.failures.add(answer.failure());
		}
		askUpTo(ENOUGH);
	}

	private void askUpTo(int most) {
		while (this.open.size() < most && askNext()) {
			// Loop until enough are asked or none is left.
		}
	}

	private boolean askNext() {
		HostAndPort next = (this.open.size() < NodeQuestions.THREADS) ? this.candidates.poll() : null;
		if (next == null) {
			return false;
		}
		this.open.add(next);
		this.questions.ask(next);
		return true;
	}

	/**
	 * Return why nodes did not answer.
	 * @return the failures, at least one if no node answered
	 */
	List<RuntimeException> failures() {
		return this.failures;
	}

}
