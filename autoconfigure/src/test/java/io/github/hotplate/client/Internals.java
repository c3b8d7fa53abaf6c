package io.github.hotplate.client;

import org.springframework.core.env.Environment;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.execution.DedicatedConnections;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.topology.RefreshReason;

/**
 * What stands behind a pool and is not for users.
 */
public final class Internals {

	private Internals() {
	}

	/**
	 * Make a pool that has not reached its Redis yet.
	 * @param environment the configuration of the client {@code foo}
	 * @return the pool
	 */
	public static ClusterPool unconnected(Environment environment) {
		MonitoringFailures failures = new MonitoringFailures();
		ClientAssembly assembly = new ClientAssembly(new ClientConfigReader(environment).read("foo."),
				DefaultJedisClientConfig.builder().build(), true, failures);
		return new ClusterPool(assembly, new ClientTemplate(new ClientWiring(assembly, failures)));
	}

	public static void refresh(ClusterPool pool) {
		pool.assembly().topology().refresh(RefreshReason.REQUEST);
	}

	public static CommandExecutor router(ClusterPool pool) {
		return pool.assembly().router();
	}

	public static DedicatedConnections dedicatedConnections(ClusterPool pool) {
		return pool.assembly().unpooledConnections();
	}

	public static Connection borrow(ClusterPool pool) {
		return pool.assembly().lentConnections().borrow();
	}

	public static Connection borrow(ClusterPool pool, HostAndPort node) {
		return pool.assembly().lentConnections().borrow(node);
	}

}
