package io.github.hotplate.sample.dashboard;

import java.util.EnumSet;

import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisClusterNode.Flag;
import org.springframework.data.redis.connection.RedisClusterNode.LinkState;

import static org.assertj.core.api.Assertions.assertThat;

class NodeStateTests {

	@Test
	void isUpWhileConnected() {
		assertThat(state(LinkState.CONNECTED, Flag.MASTER)).isEqualTo(NodeState.UP);
	}

	@Test
	void isUpWhenItIsTheOneThatWasAsked() {
		assertThat(state(LinkState.DISCONNECTED, Flag.MYSELF, Flag.MASTER)).isEqualTo(NodeState.UP);
	}

	@Test
	void isSuspectedWhenOneNodeMissesIt() {
		assertThat(state(LinkState.DISCONNECTED, Flag.MASTER)).isEqualTo(NodeState.SUSPECTED);
		assertThat(state(LinkState.CONNECTED, Flag.MASTER, Flag.PFAIL)).isEqualTo(NodeState.SUSPECTED);
	}

	@Test
	void isDownWhenTheClusterAgreesThatItFailed() {
		assertThat(state(LinkState.DISCONNECTED, Flag.MASTER, Flag.FAIL)).isEqualTo(NodeState.DOWN);
	}

	@Test
	void dependsOnWhetherItIsInUseAndAnswersWhereNoNodeSpeaksForOthers() {
		assertThat(NodeState.of(true, true)).isEqualTo(NodeState.UP);
		assertThat(NodeState.of(true, false)).isEqualTo(NodeState.SUSPECTED);
		assertThat(NodeState.of(false, true)).isEqualTo(NodeState.EJECTED);
		assertThat(NodeState.of(false, false)).isEqualTo(NodeState.DOWN);
	}

	private static NodeState state(LinkState link, Flag first, Flag... others) {
		return NodeState.of(RedisClusterNode.newRedisClusterNode()
			.listeningAt("127.0.0.1", 7000)
			.linkState(link)
			.withFlags(EnumSet.of(first, others))
			.build());
	}

}
