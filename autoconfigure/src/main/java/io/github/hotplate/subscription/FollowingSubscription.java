package io.github.hotplate.subscription;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.NodeUnreachableException;

/**
 * What one caller is subscribed to, on as many nodes as it takes, seen as one stream.
 * <p>
 * A {@link TopicPlan} says which node is to serve which topic. Each node has a
 * {@link Leg}; a leg that is lost is replaced, and topics move when the plan changes, in
 * a {@link Handover}. A shard channel is taken from the old node after the new one is
 * connected, and before it is asked to subscribe: so no message comes twice, and what is
 * lost is what was published within one round trip. Events of keys come from every
 * primary, and from none that is a primary no more, because a replica repeats those of
 * its primary.
 * <p>
 * Thread-safe. Nothing is sent, and nothing waited for, under the lock, which is the
 * monitor of this object. It guards the topics, the legs, the home, the attempts and the
 * deafness, too.
 */
final class FollowingSubscription implements Leg.Owner, AutoCloseable {

	/**
	 * Spring's listener container waits for 2 seconds until it is subscribed, to patterns
	 * first and then to channels.
	 */
	private static final long GRACE = Duration.ofMillis(700).toNanos();

	private final SubscribingClient client;

	private final SubscriptionRules rules;

	private final Scope scope;

	private final Consumer<FollowingSubscription> ending;

	private final long since;

	private final Inbox inbox = new Inbox();

	private final SubscribedTopics topics = new SubscribedTopics(this.inbox);

	private final Legs legs = new Legs();

	private final HomeNode home = new HomeNode(this.legs, this.topics, this.inbox, this::later);

	private final Attempts attempts = new Attempts();

	private final Deafness deafness;

	private long renewals;

	private boolean ended;

	/**
	 * Create a subscription to nothing.
	 * @param client the client
	 * @param rules how long it is patient
	 * @param scope the nodes that may be used
	 * @param ending is told when the subscription has ended
	 */
	FollowingSubscription(SubscribingClient client, SubscriptionRules rules, Scope scope,
			Consumer<FollowingSubscription> ending) {
		this.client = client;
		this.rules = rules;
		this.scope = scope;
		this.ending = ending;
		this.since = client.now();
		this.deafness = new Deafness(this.since);
	}

	/**
	 * Subscribe, and return at once. {@link #next()} tells when it is done.
	 * @param kind the kind of names
	 * @param names the channels or patterns
	 */
	void subscribe(TopicKind kind, List<byte[]> names) {
		List<Leg> busy;
		synchronized (this) {
			List<Topic> added = this.topics.add(kind, names, this.client.now());
			busy = place(added) ? this.legs.all() : null;
		}
		flushOrFollow(busy);
	}

	/**
	 * Unsubscribe, and return at once.
	 * @param kind the kind of names
	 * @param names the channels or patterns; empty for all of the kind
	 */
	void unsubscribe(TopicKind kind, List<byte[]> names) {
		List<Leg> busy;
		synchronized (this) {
			List<Topic> removed = this.topics.remove(kind, names);
			busy = take(removed) ? this.legs.all() : null;
		}
		flushOrFollow(busy);
	}

	private void flushOrFollow(@Nullable List<Leg> busy) {
		if (busy != null) {
			busy.forEach(Leg::flush);
		}
		else {
			follow();
		}
	}

	// An application may have thousands of channels, and subscribe to one by one. What
	// the others call for is not worked out again each time.
	private boolean place(List<Topic> added) {
		if (this.ended || !this.home.isSettled()) {
			return false;
		}
		TopicPlan more;
		try {
			more = TopicPlan.of(added, this.scope, this.home.node());
		}
		catch (RuntimeException ex) {
			return false;
		}
		if (!this.legs.extendPlan(more)) {
			return false;
		}
		more.topics().forEach((node, topics) -> {
			Leg leg = this.legs.on(node);
			if (leg == null) {
				this.legs.add(this.client.startLeg(node, this));
			}
			else if (leg.isConnected()) {
				leg.topics().add(topics, false);
			}
		});
		return true;
	}

	private boolean take(List<Topic> removed) {
		if (this.ended || !this.home.isSettled() || !this.legs.remove(removed)) {
			return false;
		}
		noteService();
		return true;
	}

	/**
	 * Wait for the next reply.
	 * @return a message, or the confirmation of a change, as Redis would send it
	 * @throws InterruptedException if interrupted
	 */
	Object next() throws InterruptedException {
		Object item = this.inbox.take();
		if (item instanceof RuntimeException ex) {
			// For those who read on.
			this.inbox.addNotice(ex);
			throw ex;
		}
		return item;
	}

	/**
	 * Do what the topics, the topology and the connections call for.
	 */
	void follow() {
		List<Leg> busy;
		synchronized (this) {
			if (this.ended) {
				return;
			}
			TopicPlan plan;
			try {
				plan = TopicPlan.of(this.topics.wanted(), this.scope, this.home.node());
			}
			catch (RuntimeException ex) {
				noteFailure(ex);
				return;
			}
			this.home.choose(plan.home());
			this.legs.plan(plan);
			this.legs.retireTopics(this.topics::isWanted, this.home::keeps);
			placeTopics();
			this.legs.closeIdle();
			noteService();
			busy = this.legs.all();
		}
		busy.forEach(Leg::flush);
	}

	private void placeTopics() {
		for (HostAndPort node : this.legs.plannedNodes()) {
			Leg leg = this.legs.on(node);
			if (leg == null) {
				this.legs.add(this.client.startLeg(node, this));
			}
			else if (leg.isConnected()) {
				boolean together = this.home.isHandedOverTo(node);
				List<Topic> added = this.legs.plannedOn(node)
					.stream()
					.filter((topic) -> !leg.topics().contains(topic))
					.filter((topic) -> !together || this.home.isReadyFor(topic))
					.toList();
				if (!together) {
					takeFromOthers(node);
				}
				leg.topics().add(added, added.stream().anyMatch(this.topics::wasServed));
				if (!together) {
					this.home.settle(node);
				}
			}
		}
	}

	// A pattern for everything is on each primary, and only the home's says that the
	// former home may be left.
	private void takeFromOthers(HostAndPort node) {
		this.legs.takeFromOthers(this.legs.plannedOn(node)
			.stream()
			.filter((topic) -> node.equals(this.home.node()) || !topic.mayHearMessages())
			.toList());
	}

	@Override
	public void connected(Leg leg) {
		synchronized (this) {
			if (isFormer(leg)) {
				leg.close();
				return;
			}
			leg.setConnected();
		}
		follow();
	}

	/**
	 * Leave a server, because its name leads to another now.
	 * @param node the server, by its name
	 */
	void leave(HostAndPort node) {
		Leg leg;
		synchronized (this) {
			leg = this.legs.on(node);
		}
		if (leg != null) {
			lost(leg, new NodeUnreachableException(node + " leads to another server than before", null));
		}
	}

	@Override
	public void lost(Leg leg, RuntimeException cause) {
		synchronized (this) {
			if (isFormer(leg)) {
				return;
			}
			this.legs.remove(leg);
			this.deafness.begin(leg.heardAt());
			this.home.lose(leg.node());
			if (leg.isConnected()) {
				this.client.lost(leg.node(), cause);
			}
			noteFailure(cause);
		}
		leg.close();
		this.client.requestRefresh();
	}

	private void noteService() {
		if (!this.deafness.isOver() && this.legs.serveAll()) {
			this.deafness.end();
		}
	}

	private boolean isFormer(Leg leg) {
		return this.ended || !this.legs.contains(leg);
	}

	private void noteFailure(RuntimeException cause) {
		this.attempts.failed(cause);
		this.deafness.begin(this.client.now());
		if (this.scope.isOneNodeOnly()
				|| (this.topics.hasPending() && SubscriptionFailures.isFinal(cause, isUrgent()))) {
			end(SubscriptionFailures.ended(this.rules.client(), cause));
			return;
		}
		if (this.attempts.areManyMore()) {
			this.client.failing(cause);
		}
		if (this.attempts.schedule()) {
			later(this::retry, this.attempts.pause());
		}
	}

	// Whether the caller waits, and must hear soon that Redis cannot be reached.
	private boolean isUrgent() {
		return !this.topics.hasAnnounced() && !this.rules.tolerant();
	}

	private boolean retry() {
		this.attempts.begin();
		return true;
	}

	private void later(BooleanSupplier step, Duration delay) {
		this.client.later(() -> run(step), delay);
	}

	private void run(BooleanSupplier step) {
		synchronized (this) {
			if (this.ended || !step.getAsBoolean()) {
				return;
			}
		}
		follow();
	}

	@Override
	public void received(Leg leg, TopicKind kind, List<?> message) {
		try {
			this.inbox.makeRoom();
		}
		catch (InterruptedException ex) {
			// The leg was closed.
			Thread.currentThread().interrupt();
			return;
		}
		synchronized (this) {
			if (!isFormer(leg) && counts(leg, kind, message)) {
				this.inbox.addMessage(message);
				return;
			}
		}
		this.inbox.releaseRoom();
	}

	private boolean counts(Leg leg, TopicKind kind, List<?> message) {
		Topic topic = Topic.of(kind, (byte[]) message.get(1));
		byte[] channel = (byte[]) message.get((kind == TopicKind.PATTERN) ? 2 : 1);
		if (!leg.topics().contains(topic)) {
			return false;
		}
		if (kind == TopicKind.SHARD) {
			return true;
		}
		return Topic.isForKeyEvents(channel) ? this.legs.isPlanned(leg, topic)
				: this.home.isFirstCopy(leg.node(), message);
	}

	@Override
	public synchronized void subscribed(Leg leg, Topic topic) {
		if (isFormer(leg) || !leg.topics().confirm(topic)) {
			return;
		}
		if (leg.topics().areConfirmed()) {
			this.attempts.succeeded();
			noteService();
			if (leg.topics().isRenewal()) {
				this.renewals++;
				this.client.renewed(leg.node());
			}
		}
		if (this.legs.serve(topic)) {
			this.topics.announce(topic);
		}
	}

	@Override
	public void unsubscribed(Leg leg, Topic topic) {
		synchronized (this) {
			if (isFormer(leg) || !leg.topics().lose(topic)) {
				return;
			}
			noteFailure(new JedisConnectionException(leg.node() + " no longer serves a shard channel"));
		}
		this.client.requestRefresh();
	}

	@Override
	public boolean refused(Leg leg, JedisDataException reply) {
		synchronized (this) {
			if (isFormer(leg) || !ErrorReply.of(reply).isRefused() || !leg.topics().loseRefused()) {
				return false;
			}
			noteFailure(reply);
		}
		this.client.requestRefresh();
		return true;
	}

	/**
	 * Ask silent nodes for a sign of life, leave those that do not give it, and tell the
	 * caller about topics that have waited too long.
	 */
	void check() {
		List<Leg> all;
		synchronized (this) {
			if (this.ended) {
				return;
			}
			this.topics.pending().forEach(this::checkPending);
			all = this.legs.all();
		}
		for (Leg leg : all) {
			if (leg.isOverdue(this.rules.silence().toNanos(), this.rules.patience().toNanos())) {
				lost(leg, new JedisConnectionException(
						leg.node() + " did not answer a heartbeat within " + this.rules.patience().toMillis() + " ms"));
			}
		}
	}

	private void checkPending(Topic topic, long wantedSince) {
		if (this.ended) {
			return;
		}
		long waited = this.client.now() - wantedSince;
		boolean partlyServed = this.legs.servePart(topic);
		if ((waited >= GRACE || this.topics.hasPremature()) && (this.rules.tolerant() || partlyServed)) {
			this.client.failing(this.attempts.failure());
			this.topics.announceEarly(topic);
		}
		else if (isUrgent() && waited >= this.rules.deadline().toNanos()) {
			end(SubscriptionFailures.late(this.rules.client(), this.rules.deadline(), this.attempts.failure()));
		}
	}

	synchronized SubscriptionUsage usage() {
		long now = this.client.now();
		List<Leg> live = this.legs.connected();
		long silence = live.stream().mapToLong((leg) -> now - leg.heardAt()).max().orElse(0);
		return new SubscriptionUsage(live.size(), Duration.ofNanos(now - this.since),
				Duration.ofNanos(Math.max(silence, this.deafness.lasting(now))), this.renewals);
	}

	/**
	 * End the subscription, and let the caller know.
	 * @param reason what the caller gets
	 */
	synchronized void end(RuntimeException reason) {
		if (!this.ended) {
			close();
			this.inbox.addNotice(reason);
		}
	}

	@Override
	public synchronized void close() {
		this.ended = true;
		this.topics.clearPending();
		this.legs.closeAll();
		this.ending.accept(this);
	}

}
