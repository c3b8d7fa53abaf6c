package io.github.hotplate.benchmark.peer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Any client behind a template of Spring Data Redis.
 */
final class TemplateBenchmarkClient implements BenchmarkClient {

	private final StringRedisTemplate template;

	private final Runnable onClose;

	TemplateBenchmarkClient(StringRedisTemplate template, Runnable onClose) {
		this.template = template;
		this.onClose = onClose;
	}

	@Override
	public @Nullable String get(String key) {
		return this.template.opsForValue().get(key);
	}

	@Override
	public void set(String key, String value) {
		this.template.opsForValue().set(key, value);
	}

	@Override
	public long increment(String key) {
		return Objects.requireNonNull(this.template.opsForValue().increment(key));
	}

	@Override
	public List<?> getAll(List<String> keys) {
		return Objects.requireNonNull(this.template.opsForValue().multiGet(keys));
	}

	@Override
	public void setAll(Map<String, String> values) {
		this.template.opsForValue().multiSet(values);
	}

	@Override
	public void delete(List<String> keys) {
		this.template.delete(keys);
	}

	@Override
	public List<?> pipelinedGet(List<String> keys) {
		return this.template.executePipelined((RedisCallback<?>) (connection) -> {
			keys.forEach((key) -> connection.stringCommands().get(key.getBytes(StandardCharsets.UTF_8)));
			return null;
		});
	}

	@Override
	public void close() {
		this.onClose.run();
	}

}
