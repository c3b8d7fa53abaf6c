package io.github.hotplate.client;

import java.util.ArrayList;
import java.util.List;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.Assert;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.activity.ClientActivity;
import io.github.hotplate.activity.RecordingAdvice;
import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.connection.MonitoredRedisConnectionFactory;
import io.github.hotplate.connection.PrimaryConnectionFactory;
import io.github.hotplate.crossslot.CommandSplitter;
import io.github.hotplate.crossslot.SplitAdvice;
import io.github.hotplate.crossslot.SplitListener;
import io.github.hotplate.hotkey.HotKeyNaming;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.hotkey.HotKeyTrackerFactory;
import io.github.hotplate.retry.RetryAdvice;
import io.github.hotplate.retry.RetryListener;
import io.github.hotplate.sharding.ShardedRedisCluster;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.template.ClusterRedisContextFactory;
import io.github.hotplate.template.MonitoredRedisTemplate;
import io.github.hotplate.topology.RefreshReason;

/**
 * How the parts of a client that stand above its pool are made of each other. A program
 * gets them from {@link ClusterPool#createTemplate()}; auto-configuration makes a bean of
 * each, so that an application can put its own in between. Internal.
 *
 * @since 0.1.0
 */
public final class ClientWiring {

	private final ClientAssembly assembly;

	private final MonitoringFailures failures;

	/**
	 * Create the wiring of a client.
	 * @param pool the pool of the client
	 * @param failures is told when monitoring fails
	 */
	public ClientWiring(ClusterPool pool, MonitoringFailures failures) {
		this(assembly(pool), failures);
	}

	ClientWiring(ClientAssembly assembly, MonitoringFailures failures) {
		this.assembly = assembly;
		this.failures = failures;
	}

	private static ClientAssembly assembly(ClusterPool pool) {
		ClientAssembly assembly = pool.assembly();
		Assert.state(assembly != null,
				"A mock of a ClusterPool has no connections: mock the template or connection factory");
		return assembly;
	}

	private ClientConfig config() {
		return this.assembly.config();
	}

	/**
	 * Make the tracker of hot keys, and start it.
	 * @param naming masks or groups keys, or {@code null} to count them as they are
	 * @return a tracker that the caller closes before the pool
	 */
	public HotKeyTracker hotKeys(@Nullable HotKeyNaming naming) {
		HotKeyTracker tracker = new HotKeyTrackerFactory().create(config(), this.assembly.unpooledConnections(), naming,
				this.failures);
		tracker.start();
		return tracker;
	}

	/**
	 * Make advice that records what each call does.
	 * @return the advice, to be woven outermost
	 */
	public MethodInterceptor recordingAdvice() {
		return new RecordingAdvice(config().name(), List.of(activity()), this.failures);
	}

	/**
	 * Return what counts the calls of the client for those who make them.
	 * @return a listener for the advice that records calls
	 */
	public ClientActivity activity() {
		return this.assembly.activity();
	}

	/**
	 * Make advice that splits commands which several nodes must see.
	 * @param listeners are told of every command that is split
	 * @return the advice, to be woven outside of {@link #retryAdvice(List)}
	 */
	public MethodInterceptor splitAdvice(List<SplitListener> listeners) {
		if (this.assembly.keySlots() == KeySlots.SINGLE) {
			// One node has all keys and sees every command whole.
			return MethodInvocation::proceed;
		}
		return new SplitAdvice(
				new CommandSplitter(config().name(), this.assembly.keySlots(), this.assembly.topology()::current,
						() -> this.assembly.topology().refresh(RefreshReason.SCAN), this.assembly.pools().closing()),
				listeners, this.failures);
	}

	/**
	 * Make advice that retries commands.
	 * @param listeners are told of every retry
	 * @return the advice, to be woven innermost
	 */
	public MethodInterceptor retryAdvice(List<RetryListener> listeners) {
		List<RetryListener> all = new ArrayList<>(listeners);
		all.add(0, this.assembly.retryStatistics());
		return new RetryAdvice(config(), all, this.failures, this.assembly.pools().closing());
	}

	/**
	 * Weave advice around the router.
	 * @param advice the advice, outermost first
	 * @return the executor that every command of the client passes
	 */
	public CommandExecutorChain executor(List<MethodInterceptor> advice) {
		return new CommandExecutorChain(this.assembly.router(), advice);
	}

	/**
	 * Make the factory of the client's connections.
	 * @param executor the executor that every command passes
	 * @return the factory
	 */
	public MonitoredRedisConnectionFactory connectionFactory(CommandExecutor executor) {
		return new MonitoredRedisConnectionFactory(config(), executor, this.assembly.lentConnections(),
				this.assembly.keySpecs(), activity());
	}

	/**
	 * Make the factory of the client's connections, which is injected by type.
	 * @param executor the executor that every command passes
	 * @return the factory
	 */
	public PrimaryConnectionFactory primaryConnectionFactory(CommandExecutor executor) {
		return new PrimaryConnectionFactory(config(), executor, this.assembly.lentConnections(),
				this.assembly.keySpecs(), activity());
	}

	/**
	 * Make the template that an application injects.
	 * @param connectionFactory the client's connections
	 * @return the template, for any thread, in and outside of requests
	 */
	public MonitoredRedisTemplate template(RedisConnectionFactory connectionFactory) {
		return new ClusterRedisContextFactory(config().name(), connectionFactory).createTemplate();
	}

	/**
	 * Make the view of a sharded client's servers.
	 * @param connectionFactory the client's connections
	 * @return the servers
	 */
	public ShardedRedisCluster shards(MonitoredRedisConnectionFactory connectionFactory) {
		Assert.state(this.assembly.penalties() != null,
				() -> "The pool of '" + config().name() + "' is not that of a sharded client");
		return new ShardedRedisCluster(config().name(), connectionFactory, this.assembly.penalties().box());
	}

}
