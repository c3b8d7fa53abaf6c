package io.github.hotplate.test;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Who may use the servers.
 *
 * @param user an ACL user, or {@code null} for the default user
 * @param password the password, or {@code null} for none at all
 */
record Credentials(@Nullable String user, @Nullable String password) {

	static final Credentials NONE = new Credentials(null, null);

	void applyTo(RedisConfig config) {
		if (this.password == null) {
			return;
		}
		if (this.user == null) {
			config.add("requirepass", this.password);
		}
		else {
			config.add("user", "default", "off");
			config.add("user", this.user, "on", ">" + this.password, "~*", "&*", "+@all");
		}
	}

	void applyToReplication(RedisConfig config) {
		if (this.user != null) {
			config.add("masteruser", this.user);
		}
		if (this.password != null) {
			config.add("masterauth", this.password);
		}
	}

	void applyToSentinel(RedisConfig config, String masterName) {
		if (this.user != null) {
			config.add("sentinel", "auth-user", masterName, this.user);
		}
		if (this.password != null) {
			config.add("sentinel", "auth-pass", masterName, this.password);
		}
	}

	List<String> migrateArguments() {
		if (this.password == null) {
			return List.of();
		}
		return (this.user != null) ? List.of("AUTH2", this.user, this.password) : List.of("AUTH", this.password);
	}

	@Override
	public String toString() {
		return "Credentials[user=%s, password=%s]".formatted(this.user, (this.password != null) ? "******" : null);
	}

}
