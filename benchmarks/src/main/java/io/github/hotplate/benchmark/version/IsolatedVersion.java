package io.github.hotplate.benchmark.version;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.benchmark.peer.BenchmarkClient;

/**
 * A version with all its libraries in a class loader of its own, so that no other version
 * shapes what the compiler makes of it. Reads and writes single keys only.
 */
final class IsolatedVersion implements BenchmarkClient {

	private static final Pattern PRODUCT = Pattern
		.compile(".*(hotplate-spring-boot-autoconfigure-[^/]*\\.jar|autoconfigure/target/classes/?)");

	private final URLClassLoader loader;

	private final Object client;

	private IsolatedVersion(URLClassLoader loader, Object client) {
		this.loader = loader;
		this.client = client;
	}

	/**
	 * Start a version.
	 * @param jar its jar, or {@code null} for the version on the class path
	 * @param url where Redis is
	 * @param connectionsPerNode the most connections to each node
	 * @return the version, to be closed by the caller
	 */
	static IsolatedVersion start(@Nullable File jar, String url, int connectionsPerNode) {
		URL[] urls = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((entry) -> (jar != null && PRODUCT.matcher(entry).matches()) ? jar : new File(entry))
			.map(IsolatedVersion::url)
			.toArray(URL[]::new);
		URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(loader);
		try {
			return new IsolatedVersion(loader,
					loader.loadClass(VersionClient.class.getName())
						.getConstructor(String.class, Integer.class)
						.newInstance(url, connectionsPerNode));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Cannot start " + ((jar != null) ? jar : "this version"), ex);
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static URL url(File file) {
		try {
			return file.toURI().toURL();
		}
		catch (MalformedURLException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	@SuppressWarnings("unchecked") // VersionClient of another class loader.
	public @Nullable String get(String key) {
		return ((Function<String, @Nullable String>) this.client).apply(key);
	}

	@Override
	@SuppressWarnings("unchecked") // VersionClient of another class loader.
	public void set(String key, String value) {
		((BiConsumer<String, String>) this.client).accept(key, value);
	}

	@Override
	public long increment(String key) {
		throw onlyGetAndSet();
	}

	@Override
	public List<@Nullable String> getAll(List<String> keys) {
		return keys.stream().<@Nullable String>map(this::get).toList();
	}

	@Override
	public void setAll(Map<String, String> entries) {
		entries.forEach(this::set);
	}

	@Override
	public void delete(List<String> keys) {
		throw onlyGetAndSet();
	}

	@Override
	public List<?> pipelinedGet(List<String> keys) {
		throw onlyGetAndSet();
	}

	private static IllegalArgumentException onlyGetAndSet() {
		return new IllegalArgumentException("Versions are compared by GET and SET");
	}

	@Override
	public void close() {
		try (URLClassLoader closing = this.loader) {
			((AutoCloseable) this.client).close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
