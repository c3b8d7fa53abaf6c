package io.github.hotplate.test;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Credentials}.
 */
class CredentialsTests {

	@Test
	void toStringHidesPassword() {
		assertThat(new Credentials("alice", "secret")).hasToString("Credentials[user=alice, password=******]");
	}

	@Test
	void migratesWithWhatTheTargetDemands() {
		assertThat(Credentials.NONE.migrateArguments()).isEmpty();
		assertThat(new Credentials(null, "secret").migrateArguments()).isEqualTo(List.of("AUTH", "secret"));
		assertThat(new Credentials("alice", "secret").migrateArguments())
			.isEqualTo(List.of("AUTH2", "alice", "secret"));
	}

}
