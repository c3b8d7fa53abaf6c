package io.github.hotplate.benchmark.peer;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the compared clients are asked to do, each in the way that its documentation
 * advises. Thread-safe.
 *
 * @since 0.1.0
 */
public interface BenchmarkClient extends AutoCloseable {

	/**
	 * Read one key.
	 * @param key the key
	 * @return its value, or {@code null}
	 */
	@Nullable String get(String key);

	/**
	 * Write one key.
	 * @param key the key
	 * @param value its value
	 */
	void set(String key, String value);

	/**
	 * Add one to a counter.
	 * @param key the key
	 * @return its value afterwards
	 */
	long increment(String key);

	/**
	 * Read keys of any slots in one call.
	 * @param keys the keys
	 * @return their values, in the order of the keys
	 */
	List<?> getAll(List<String> keys);

	/**
	 * Write keys of any slots in one call.
	 * @param values the keys and their values
	 */
	void setAll(Map<String, String> values);

	/**
	 * Delete keys of any slots in one call.
	 * @param keys the keys
	 */
	void delete(List<String> keys);

	/**
	 * Read keys of any slots in one pipeline of single commands.
	 * @param keys the keys
	 * @return their values, in the order of the keys
	 */
	List<?> pipelinedGet(List<String> keys);

	/**
	 * Prepare for a turn, outside of the time that is measured.
	 */
	default void beforeTurn() {
	}

	/**
	 * Undo what {@link #beforeTurn()} did.
	 */
	default void afterTurn() {
	}

	@Override
	void close();

}
