package io.github.hotplate.template;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.util.Assert;

import io.github.hotplate.activity.ClientActivity;
import io.github.hotplate.connection.NamedPipelines;

/**
 * The template of one client, the same for all requests and threads. In a web application
 * it counts the commands of each request. Thread-safe once configured, like any
 * {@code RedisTemplate}.
 *
 * @since 0.1.0
 * @see ClusterRedisContextFactory
 */
public class MonitoredRedisTemplate extends StringRedisTemplate {

	private final ClientActivity activity;

	MonitoredRedisTemplate(RedisConnectionFactory connectionFactory, ClientActivity activity) {
		super(connectionFactory);
		this.activity = activity;
	}

	/**
	 * Return the commands that the current request has sent to this client, whichever API
	 * they came by.
	 * @return the diagnostics of the request, or of everything outside of requests
	 */
	public RequestDiagnostics diagnostics() {
		return new RequestDiagnostics(this.activity.ofRequest(), this.activity);
	}

	/**
	 * Run commands in a named pipeline.
	 * @param name what the pipeline is for, shown in its span; must not be empty
	 * @param action sends the commands and returns {@code null}
	 * @return the replies in the order of the commands, converted as by
	 * {@link #executePipelined(RedisCallback)}
	 */
	public List<Object> executePipelined(String name, RedisCallback<?> action) {
		Assert.hasText(name, "'name' must not be empty");
		return executePipelined((RedisCallback<@Nullable Object>) (connection) -> {
			name(connection, name);
			return action.doInRedis(connection);
		});
	}

	/**
	 * Run operations in a named pipeline.
	 * @param name what the pipeline is for, shown in its span; must not be empty
	 * @param session sends the commands and returns {@code null}
	 * @return the replies in the order of the commands, converted as by
	 * {@link #executePipelined(SessionCallback)}
	 */
	public List<Object> executePipelined(String name, SessionCallback<?> session) {
		Assert.hasText(name, "'name' must not be empty");
		return executePipelined(new SessionCallback<@Nullable Object>() {

			@Override
			public <K, V> @Nullable Object execute(RedisOperations<K, V> operations) {
				operations.execute((RedisCallback<@Nullable Object>) (connection) -> {
					name(connection, name);
					return null;
				});
				return session.execute(operations);
			}

		});
	}

	private static void name(RedisConnection connection, String name) {
		if (connection instanceof NamedPipelines pipelines) {
			pipelines.namePipeline(name);
		}
	}

}
