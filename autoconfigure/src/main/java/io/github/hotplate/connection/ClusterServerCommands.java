package io.github.hotplate.connection;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.NullUnmarked;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisClusterServerCommands;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisServerCommands;
import org.springframework.data.redis.core.types.RedisClientInfo;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.executors.CommandExecutor;

/**
 * Server commands on a cluster. Without a node they run on every primary, as on Spring
 * Data Redis' own cluster connections; with a node they run on that node.
 */
@NullUnmarked // Spring Data Redis does not mark what it returns here.
final class ClusterServerCommands implements RedisClusterServerCommands {

	private final RedisServerCommands routed;

	private final Supplier<BroadcastExecutor> broadcasts;

	private final Function<CommandExecutor, RedisServerCommands> withExecutor;

	private final Function<RedisNode, RedisServerCommands> forNode;

	/**
	 * Create the commands.
	 * @param routed the plain server commands, sent through the client's executor
	 * @param broadcasts creates executors that send one command to every primary
	 * @param withExecutor returns the plain commands of another executor
	 * @param forNode returns the plain commands of one node
	 */
	ClusterServerCommands(RedisServerCommands routed, Supplier<BroadcastExecutor> broadcasts,
			Function<CommandExecutor, RedisServerCommands> withExecutor,
			Function<RedisNode, RedisServerCommands> forNode) {
		this.routed = routed;
		this.broadcasts = broadcasts;
		this.withExecutor = withExecutor;
		this.forNode = forNode;
	}

	private void onAll(Consumer<RedisServerCommands> commands) {
		byNode((primary) -> {
			commands.accept(primary);
			return primary;
		});
	}

	private <T> Map<HostAndPort, T> byNode(Function<RedisServerCommands, T> commands) {
		BroadcastExecutor broadcast = this.broadcasts.get();
		RedisServerCommands primary = this.withExecutor.apply(broadcast);
		Map<HostAndPort, T> results = new LinkedHashMap<>();
		do {
			T result = commands.apply(primary);
			results.put(broadcast.node(), result);
		}
		while (broadcast.hasNext());
		return results;
	}

	private Properties properties(Function<RedisServerCommands, Properties> commands) {
		return prefixed(byNode(commands));
	}

	private static Properties prefixed(Map<HostAndPort, Properties> byNode) {
		Properties result = new Properties();
		byNode.forEach((node, properties) -> properties.forEach((key, value) -> result.put(node + "." + key, value)));
		return result;
	}

	// Spring Data Redis looks for plain names, and overwrites what it does not find.
	private static Properties agreed(Map<HostAndPort, Properties> byNode) {
		Properties result = new Properties();
		byNode.values().stream().findFirst().ifPresent(result::putAll);
		byNode.values().forEach((properties) -> result.entrySet().retainAll(properties.entrySet()));
		return result;
	}

	private RedisServerCommands plain(RedisNode node) {
		return this.forNode.apply(node);
	}

	@Override
	public void bgReWriteAof() {
		onAll(RedisServerCommands::bgReWriteAof);
	}

	@Override
	public void bgReWriteAof(RedisClusterNode node) {
		plain(node).bgReWriteAof();
	}

	@Override
	public void bgSave() {
		onAll(RedisServerCommands::bgSave);
	}

	@Override
	public void bgSave(RedisClusterNode node) {
		plain(node).bgSave();
	}

	@Override
	public Long lastSave() {
		return byNode(RedisServerCommands::lastSave).values().stream().max(Comparator.naturalOrder()).orElse(null);
	}

	@Override
	public Long lastSave(RedisClusterNode node) {
		return plain(node).lastSave();
	}

	@Override
	public void save() {
		onAll(RedisServerCommands::save);
	}

	@Override
	public void save(RedisClusterNode node) {
		plain(node).save();
	}

	@Override
	public Long dbSize() {
		return this.routed.dbSize();
	}

	@Override
	public Long dbSize(RedisClusterNode node) {
		return plain(node).dbSize();
	}

	@Override
	public void flushDb() {
		this.routed.flushDb();
	}

	@Override
	public void flushDb(FlushOption option) {
		this.routed.flushDb(option);
	}

	@Override
	public void flushDb(RedisClusterNode node) {
		plain(node).flushDb();
	}

	@Override
	public void flushDb(RedisClusterNode node, FlushOption option) {
		plain(node).flushDb(option);
	}

	@Override
	public void flushAll() {
		this.routed.flushAll();
	}

	@Override
	public void flushAll(FlushOption option) {
		this.routed.flushAll(option);
	}

	@Override
	public void flushAll(RedisClusterNode node) {
		plain(node).flushAll();
	}

	@Override
	public void flushAll(RedisClusterNode node, FlushOption option) {
		plain(node).flushAll(option);
	}

	@Override
	public Properties info() {
		return properties(RedisServerCommands::info);
	}

	@Override
	public Properties info(RedisClusterNode node) {
		return plain(node).info();
	}

	@Override
	public Properties info(String section) {
		return properties((commands) -> commands.info(section));
	}

	@Override
	public Properties info(RedisClusterNode node, String section) {
		return plain(node).info(section);
	}

	@Override
	public void shutdown() {
		onAll(RedisServerCommands::shutdown);
	}

	@Override
	public void shutdown(ShutdownOption option) {
		onAll((commands) -> commands.shutdown(option));
	}

	@Override
	public void shutdown(RedisClusterNode node) {
		plain(node).shutdown();
	}

	@Override
	public Properties getConfig(String pattern) {
		Map<HostAndPort, Properties> byNode = byNode((commands) -> commands.getConfig(pattern));
		Properties config = prefixed(byNode);
		config.putAll(agreed(byNode));
		return config;
	}

	@Override
	public Properties getConfig(RedisClusterNode node, String pattern) {
		return plain(node).getConfig(pattern);
	}

	@Override
	public void setConfig(String param, String value) {
		this.routed.setConfig(param, value);
	}

	@Override
	public void setConfig(RedisClusterNode node, String param, String value) {
		plain(node).setConfig(param, value);
	}

	@Override
	public void resetConfigStats() {
		this.routed.resetConfigStats();
	}

	@Override
	public void resetConfigStats(RedisClusterNode node) {
		plain(node).resetConfigStats();
	}

	@Override
	public void rewriteConfig() {
		onAll(RedisServerCommands::rewriteConfig);
	}

	@Override
	public void rewriteConfig(RedisClusterNode node) {
		plain(node).rewriteConfig();
	}

	@Override
	public Long time(TimeUnit timeUnit) {
		return this.routed.time(timeUnit);
	}

	@Override
	public Long time(RedisClusterNode node, TimeUnit timeUnit) {
		return plain(node).time(timeUnit);
	}

	@Override
	public void killClient(String host, int port) {
		onAll((commands) -> commands.killClient(host, port));
	}

	@Override
	public void setClientName(byte[] name) {
		throw new InvalidDataAccessApiUsageException(
				"CLIENT SETNAME would name one connection of many; set client_set_name in the client's configuration");
	}

	@Override
	public String getClientName() {
		throw new InvalidDataAccessApiUsageException(
				"CLIENT GETNAME would ask one connection of many; see client_set_name in the client's configuration");
	}

	@Override
	public List<RedisClientInfo> getClientList() {
		return byNode(RedisServerCommands::getClientList).values().stream().flatMap(List::stream).toList();
	}

	@Override
	public List<RedisClientInfo> getClientList(RedisClusterNode node) {
		return plain(node).getClientList();
	}

	@Override
	public void replicaOf(String host, int port) {
		throw new InvalidDataAccessApiUsageException("A cluster refuses REPLICAOF; use clusterReplicate");
	}

	@Override
	public void replicaOfNoOne() {
		throw new InvalidDataAccessApiUsageException("A cluster refuses REPLICAOF; use clusterReplicate");
	}

	@Override
	public void migrate(byte[] key, RedisNode target, int dbIndex, MigrateOption option) {
		this.routed.migrate(key, target, dbIndex, option);
	}

	@Override
	public void migrate(byte[] key, RedisNode target, int dbIndex, MigrateOption option, long timeout) {
		this.routed.migrate(key, target, dbIndex, option, timeout);
	}

}
