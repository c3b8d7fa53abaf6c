package io.github.hotplate.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The views of several nodes of a cluster, and which of them to believe. Nodes that are
 * cut off know only an earlier election, and notice after a while that they are cut off.
 * Not thread-safe.
 */
final class ClusterViews {

	private static final Comparator<ClusterView> BY_AUTHORITY = Comparator.comparing(ClusterView::state)
		.thenComparing(Comparator.comparingLong(ClusterView::epoch).reversed());

	private final Topology known;

	private final long knownEpoch;

	private final List<ClusterView> views = new ArrayList<>();

	/**
	 * Create an instance without views.
	 * @param known the topology known so far
	 * @param knownEpoch the epoch of the view that it is from
	 */
	ClusterViews(Topology known, long knownEpoch) {
		this.known = known;
		this.knownEpoch = knownEpoch;
	}

	Topology known() {
		return this.known;
	}

	long knownEpoch() {
		return this.knownEpoch;
	}

	void add(ClusterView view) {
		this.views.add(view);
	}

	int size() {
		return this.views.size();
	}

	/**
	 * Tell whether a view is there that others will hardly change.
	 * @return whether its node sees a working cluster and knows of all elections that are
	 * known here
	 */
	boolean isConclusive() {
		ClusterView best = best();
		return best != null && best.state() == ClusterView.State.OK && best.epoch() >= this.knownEpoch
				&& best.isRelatedTo(this.known);
	}

	/**
	 * Tell whether all nodes say that the cluster is down.
	 * @return whether none sees a working one, or does not say
	 */
	boolean isDown() {
		return this.views.stream().allMatch((view) -> view.state() == ClusterView.State.DOWN);
	}

	/**
	 * Return the view to believe.
	 * @return the view, or {@code null} if none is better than the topology that is known
	 */
	@Nullable ClusterView believed() {
		ClusterView best = best();
		boolean outdated = best != null && best.state() == ClusterView.State.DOWN && best.epoch() < this.knownEpoch
				&& best.isRelatedTo(this.known);
		return outdated ? null : best;
	}

	private @Nullable ClusterView best() {
		return this.views.stream()
			.min(Comparator.comparingInt(this::strangers)
				.thenComparing(BY_AUTHORITY)
				.thenComparing(Comparator.comparingInt(this::supporters).reversed())
				.thenComparingInt((view) -> -view.topology().coveredSlots()))
			.orElse(null);
	}

	// An address may have passed to a node of another cluster.
	private int strangers(ClusterView view) {
		int strangers = view.isRelatedTo(this.known) ? 0 : 1;
		for (ClusterView other : this.views) {
			strangers += view.isRelatedTo(other.topology()) ? 0 : 1;
		}
		return strangers;
	}

	private int supporters(ClusterView view) {
		return (int) this.views.stream().filter(view::agreesWith).count();
	}

}
