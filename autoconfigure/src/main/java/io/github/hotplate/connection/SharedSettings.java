package io.github.hotplate.connection;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * Refuses to change how Jedis makes commands. All callers have one Jedis client, and its
 * pipelines and transactions make their commands as it does.
 */
final class SharedSettings {

	private SharedSettings() {
	}

	static InvalidDataAccessApiUsageException refuse() {
		return refuse("Make commands with CommandObjects of your own, and pass them to executeCommand");
	}

	static InvalidDataAccessApiUsageException refuse(String remedy) {
		return new InvalidDataAccessApiUsageException(
				"This would change the commands of a client that others share. " + remedy);
	}

}
