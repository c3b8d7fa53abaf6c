package io.github.hotplate.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What can be chosen for every kind of embedded Redis.
 *
 * @param <B> the builder itself
 * @param <T> what is built
 * @since 0.1.0
 */
public abstract class EmbeddedRedisBuilder<B extends EmbeddedRedisBuilder<B, T>, T extends EmbeddedRedis> {

	private final List<ServerSettings.Option> options = new ArrayList<>();

	private Credentials credentials = Credentials.NONE;

	private @Nullable EmbeddedRedisTls tls;

	EmbeddedRedisBuilder() {
	}

	/**
	 * Demand a password of the default user.
	 * @param password the password
	 * @return this builder
	 */
	public B password(String password) {
		this.credentials = new Credentials(null, requireText("password", password));
		return self();
	}

	/**
	 * Allow one ACL user everything, and the default user nothing.
	 * @param name the user's name
	 * @param password the user's password
	 * @return this builder
	 */
	public B user(String name, String password) {
		this.credentials = new Credentials(requireText("name", name), requireText("password", password));
		return self();
	}

	/**
	 * Whether to serve TLS only, with a certificate made at run time. Without it, plain
	 * text is served.
	 * @param tls whether to serve TLS
	 * @return this builder
	 * @see EmbeddedRedisTls
	 */
	public B tls(boolean tls) {
		this.tls = tls ? EmbeddedRedisTls.shared() : null;
		return self();
	}

	/**
	 * Serve TLS only, with a certificate of your choice.
	 * @param tls the certificate
	 * @return this builder
	 * @see EmbeddedRedisTls#forNames(String...)
	 */
	public B tls(EmbeddedRedisTls tls) {
		this.tls = Objects.requireNonNull(tls, "'tls' must not be null");
		return self();
	}

	/**
	 * Add a directive of {@code redis.conf}, for every data node. It wins over what this
	 * library sets itself.
	 * @param name the directive, such as {@code maxmemory}
	 * @param arguments its arguments
	 * @return this builder
	 */
	public B option(String name, String... arguments) {
		this.options.add(new ServerSettings.Option(requireText("name", name), List.of(arguments)));
		return self();
	}

	/**
	 * Build it without starting anything.
	 * @return what was described
	 */
	public abstract T build();

	/**
	 * Build it and start it.
	 * @return what was described, healthy
	 * @throws EmbeddedRedisException if it does not start, or cannot on this platform
	 */
	public final T start() {
		T redis = build();
		redis.start();
		return redis;
	}

	abstract B self();

	ServerSettings settings() {
		return new ServerSettings(this.credentials, this.tls, this.options);
	}

	static String requireText(String name, String value) {
		if (Objects.requireNonNull(value, () -> "'" + name + "' must not be null").isBlank()) {
			throw new IllegalArgumentException("'" + name + "' must not be blank");
		}
		return value;
	}

	static int requireAtLeast(int minimum, String name, int value) {
		if (value < minimum) {
			throw new IllegalArgumentException("'%s' must be at least %d: %d".formatted(name, minimum, value));
		}
		return value;
	}

}
