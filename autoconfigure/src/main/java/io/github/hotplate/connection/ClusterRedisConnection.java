package io.github.hotplate.connection;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.NullUnmarked;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.ClusterInfo;
import org.springframework.data.redis.connection.RedisClusterCommands;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisClusterNode.SlotRange;
import org.springframework.data.redis.connection.RedisClusterServerCommands;
import org.springframework.data.redis.connection.RedisCommands;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisServerCommands;
import org.springframework.data.redis.connection.convert.Converters;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.util.Assert;
import redis.clients.jedis.Builder;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.command.CommandKeys;

/**
 * A connection to a cluster. Its commands pass the client's executor, which measures,
 * retries and routes them. It holds about twenty objects and no socket, so opening and
 * closing one is cheap. Not thread-safe, like any {@code RedisConnection}.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://baseplate.readthedocs.io/en/stable/api/baseplate/clients/redis_cluster.html">
 * baseplate's MonitoredRedisClusterConnection</a>
 */
@NullUnmarked // Spring Data Redis' cluster commands are not marked.
public final class ClusterRedisConnection extends ExecutorRedisConnection implements RedisClusterConnection {

	private final RedisServerCommands plainServerCommands;

	private final RedisClusterServerCommands serverCommands;

	ClusterRedisConnection(ExecutorJedis jedis) {
		super(jedis);
		this.plainServerCommands = super.serverCommands();
		this.serverCommands = new ClusterServerCommands(this.plainServerCommands, jedis::broadcast,
				(executor) -> withClient(jedis.withExecutor(executor)).plainServerCommands,
				(node) -> forNode(node).plainServerCommands);
	}

	/**
	 * Return a connection that sends all commands to one node, regardless of their keys.
	 * @param node the node, which must have a host and a port
	 * @return a connection for the node
	 */
	ClusterRedisConnection forNode(RedisNode node) {
		Assert.notNull(node, "'node' must not be null");
		refuseInQueue("A command for a node");
		RedisNode located = node.hasValidHost() ? node : lookUp(node);
		HostAndPort address = new HostAndPort(located.getRequiredHost(), located.getRequiredPort());
		if (!routed().knows(address) && nodes().noneMatch((known) -> known.asString().equals(located.asString()))) {
			throw new IllegalArgumentException(
					"The cluster has no node " + address + ". Look its nodes up with clusterGetNodes");
		}
		return withClient(routed().forNode(address));
	}

	private RedisClusterNode lookUp(RedisNode node) {
		return nodes().filter((known) -> known.getId().equals(node.getId()))
			.findFirst()
			.orElseThrow(() -> new InvalidDataAccessApiUsageException(
					"The cluster has no node '" + node.getId() + "'; name it by host and port, or look it up again"));
	}

	@Override
	ClusterRedisConnection withClient(ExecutorJedis jedis) {
		return new ClusterRedisConnection(jedis);
	}

	@Override
	public RedisCommands commands() {
		return this;
	}

	@Override
	public RedisClusterCommands clusterCommands() {
		return this;
	}

	@Override
	public RedisClusterServerCommands serverCommands() {
		QueueRefusal refusal = queueRefusal();
		return (refusal != null) ? refusal.of(RedisClusterServerCommands.class) : this.serverCommands;
	}

	private QueueRefusal queueRefusal() {
		if (isPipelined()) {
			return QueueRefusal.PIPELINE;
		}
		return isQueueing() ? QueueRefusal.TRANSACTION : null;
	}

	private void refuseInQueue(String command) {
		QueueRefusal refusal = queueRefusal();
		if (refusal != null) {
			throw refusal.of(command);
		}
	}

	@Override
	public void select(int dbIndex) {
		if (dbIndex != 0) {
			throw new InvalidDataAccessApiUsageException(
					"Database " + dbIndex + " cannot be selected: a cluster has database 0 only. Use database 0");
		}
	}

	@Override
	public String ping(RedisClusterNode node) {
		return forNode(node).ping();
	}

	@Override
	public Set<byte[]> keys(RedisClusterNode node, byte[] pattern) {
		return forNode(node).keyCommands().keys(pattern);
	}

	@Override
	public Cursor<byte[]> scan(RedisClusterNode node, ScanOptions options) {
		return forNode(node).keyCommands().scan(options);
	}

	@Override
	public byte[] randomKey(RedisClusterNode node) {
		return forNode(node).keyCommands().randomKey();
	}

	@Override
	public Set<RedisClusterNode> clusterGetNodes() {
		return nodes().collect(Collectors.toSet());
	}

	private Stream<RedisClusterNode> nodes() {
		return Converters.toSetOfRedisClusterNodes(cluster(BuilderFactory.STRING, "NODES")).stream();
	}

	/**
	 * Return the primaries that serve slots.
	 * @return the primaries, without those that failed
	 */
	List<RedisClusterNode> primaries() {
		return nodes().filter((node) -> node.isMaster() && !node.getSlotRange().getSlots().isEmpty())
			.filter((node) -> !node.isMarkedAsFail())
			.toList();
	}

	@Override
	public Set<RedisClusterNode> clusterGetReplicas(RedisClusterNode master) {
		RedisClusterNode primary = identified(master);
		return nodes().filter((node) -> primary.getId().equals(node.getMasterId())).collect(Collectors.toSet());
	}

	@Override
	public Map<RedisClusterNode, Collection<RedisClusterNode>> clusterGetMasterReplicaMap() {
		Set<RedisClusterNode> nodes = clusterGetNodes();
		Map<RedisClusterNode, Collection<RedisClusterNode>> replicas = new LinkedHashMap<>();
		nodes.stream()
			.filter(RedisNode::isMaster)
			.forEach((primary) -> replicas.put(primary,
					nodes.stream()
						.filter((node) -> primary.getId().equals(node.getMasterId()))
						.collect(Collectors.toSet())));
		return replicas;
	}

	@Override
	public Integer clusterGetSlotForKey(byte[] key) {
		return CommandKeys.slot(key);
	}

	@Override
	public RedisClusterNode clusterGetNodeForSlot(int slot) {
		return nodes().filter((node) -> node.isMaster() && node.servesSlot(slot)).findFirst().orElse(null);
	}

	@Override
	public RedisClusterNode clusterGetNodeForKey(byte[] key) {
		return clusterGetNodeForSlot(clusterGetSlotForKey(key));
	}

	@Override
	public ClusterInfo clusterGetClusterInfo() {
		Properties info = Converters.toProperties(cluster(BuilderFactory.STRING, "INFO"));
		return new ClusterInfo(info);
	}

	@Override
	public void clusterAddSlots(RedisClusterNode node, int... slots) {
		forNode(node).cluster(BuilderFactory.STRING, "ADDSLOTS", boxed(slots));
	}

	@Override
	public void clusterAddSlots(RedisClusterNode node, SlotRange range) {
		clusterAddSlots(node, range.getSlotsArray());
	}

	@Override
	public Long clusterCountKeysInSlot(int slot) {
		return forNode(servingNode(slot)).cluster(BuilderFactory.LONG, "COUNTKEYSINSLOT", slot);
	}

	@Override
	public void clusterDeleteSlots(RedisClusterNode node, int... slots) {
		forNode(node).cluster(BuilderFactory.STRING, "DELSLOTS", boxed(slots));
	}

	@Override
	public void clusterDeleteSlotsInRange(RedisClusterNode node, SlotRange range) {
		clusterDeleteSlots(node, range.getSlotsArray());
	}

	@Override
	public void clusterForget(RedisClusterNode node) {
		RedisClusterNode forgotten = identified(node);
		primaries().stream()
			.filter((primary) -> !primary.getId().equals(forgotten.getId()))
			.forEach((primary) -> forNode(primary).cluster(BuilderFactory.STRING, "FORGET", forgotten.getId()));
	}

	@Override
	public void clusterMeet(RedisClusterNode node) {
		primaries().forEach((primary) -> forNode(primary).cluster(BuilderFactory.STRING, "MEET", node.getRequiredHost(),
				node.getRequiredPort()));
	}

	@Override
	public void clusterSetSlot(RedisClusterNode node, int slot, AddSlots mode) {
		if (mode == AddSlots.STABLE) {
			forNode(node).cluster(BuilderFactory.STRING, "SETSLOT", slot, mode.name());
		}
		else {
			forNode(node).cluster(BuilderFactory.STRING, "SETSLOT", slot, mode.name(), identified(node).getId());
		}
	}

	@Override
	public List<byte[]> clusterGetKeysInSlot(int slot, Integer count) {
		return forNode(servingNode(slot)).cluster(BuilderFactory.BINARY_LIST, "GETKEYSINSLOT", slot,
				(count != null) ? count : Integer.MAX_VALUE);
	}

	@Override
	public void clusterReplicate(RedisClusterNode master, RedisClusterNode replica) {
		forNode(replica).cluster(BuilderFactory.STRING, "REPLICATE", identified(master).getId());
	}

	private RedisClusterNode servingNode(int slot) {
		RedisClusterNode node = clusterGetNodeForSlot(slot);
		if (node == null) {
			throw new InvalidDataAccessApiUsageException(
					"No node of the cluster serves slot " + slot + ". Assign it with clusterAddSlots");
		}
		return node;
	}

	private RedisClusterNode identified(RedisClusterNode node) {
		Assert.notNull(node, "'node' must not be null");
		if (node.getId() != null) {
			return node;
		}
		return nodes().filter((known) -> known.asString().equals(node.asString()))
			.findFirst()
			.orElseThrow(() -> new InvalidDataAccessApiUsageException(
					"The cluster has no node " + node.asString() + ". Look it up with clusterGetNodes"));
	}

	private <T> T cluster(Builder<T> reply, String subcommand, Object... arguments) {
		refuseInQueue("CLUSTER " + subcommand);
		return send(new CommandArguments(Command.CLUSTER).add(subcommand).addObjects(arguments), reply);
	}

	private <T> T send(CommandArguments arguments, Builder<T> reply) {
		try {
			return routed().executeCommand(new CommandObject<>(arguments, reply));
		}
		catch (RuntimeException ex) {
			throw convertJedisAccessException(ex);
		}
	}

	private static Object[] boxed(int[] numbers) {
		return IntStream.of(numbers).boxed().toArray();
	}

}
