package io.github.hotplate.test;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReplicationRole}.
 */
class ReplicationRoleTests {

	@Test
	void parsesPrimary() {
		ReplicationRole role = ReplicationRole
			.parse(List.of("master", 42L, List.of(List.of("127.0.0.1", "7001", "42"))));
		assertThat(role.isPrimary()).isTrue();
		assertThat(role.linked()).isTrue();
		assertThat(role.replicas()).isEqualTo(1);
	}

	@Test
	void parsesReplica() {
		ReplicationRole role = ReplicationRole.parse(List.of("slave", "127.0.0.1", 7000L, "connected", 42L));
		assertThat(role.isPrimary()).isFalse();
		assertThat(role.primaryPort()).isEqualTo(7000);
		assertThat(role.linked()).isTrue();
	}

	@Test
	void replicaThatIsStillSynchronizingIsNotLinked() {
		assertThat(ReplicationRole.parse(List.of("slave", "127.0.0.1", 7000L, "sync", -1L)).linked()).isFalse();
	}

}
