package io.github.hotplate.sample.dashboard;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.config.ClientMode;
import io.github.hotplate.sharding.ShardedRedisCluster;

/**
 * Chooses how to look at the nodes, which depends on how they work together.
 */
@Configuration(proxyBeanMethods = false)
class NodeWatchConfiguration {

	@Bean
	ClientMode mode(Environment environment) {
		return new ClientConfigReader(environment).read("foo.").mode();
	}

	@Bean
	NodeProbe nodeProbe(Environment environment) {
		return new NodeProbe(new ClientConfigReader(environment).read("foo.").url());
	}

	@Bean
	NodeWatch nodeWatch(ClientMode mode, ClusterPool pool, NodeProbe probe, RedisConnectionFactory connections,
			ObjectProvider<ShardedRedisCluster> shards) {
		return switch (mode) {
			case CLUSTER -> new ClusterWatch(connections);
			case SENTINEL, STANDALONE -> new ReplicationWatch(() -> pool.topology().shards(), probe);
			case SHARDED -> new ShardWatch(shards.getObject().penaltyBox());
		};
	}

}
