package io.github.hotplate.benchmark.harness;

import java.nio.file.Path;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.util.Assert;

/**
 * Runs a benchmark with the options of a command line. The option {@code output}, which
 * each has, names a file for the report.
 *
 * @since 0.1.0
 */
public final class BenchmarkRunner {

	private static final String OUTPUT = "output";

	private BenchmarkRunner() {
	}

	/**
	 * Run a benchmark.
	 * @param <O> the type of its options
	 * @param benchmark the benchmark
	 * @param args the options, as {@code --option=value}
	 * @throws Exception if it cannot be measured
	 */
	public static <O> void run(Benchmark<O> benchmark, String[] args) throws Exception {
		SimpleCommandLinePropertySource arguments = new SimpleCommandLinePropertySource(args);
		Report report = new Report(System.out);
		benchmark.run(options(benchmark.optionsType(), arguments), report);
		String output = arguments.getProperty(OUTPUT);
		if (output != null) {
			report.save(Path.of(output));
		}
	}

	private static <O> O options(Class<O> type, PropertySource<?> arguments) {
		ConfigurationPropertySource source = ConfigurationPropertySource.from(arguments);
		Assert.state(source != null, "The command line is a source of properties");
		Binder binder = new Binder(source.filter((name) -> !OUTPUT.equals(name.toString())));
		// Without it, a misspelled option would silently mean its default.
		BindHandler strict = new NoUnboundElementsBindHandler(BindHandler.DEFAULT, (any) -> true);
		return binder.bindOrCreate("", Bindable.of(type), strict);
	}

}
