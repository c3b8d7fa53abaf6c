package io.github.hotplate.test.junit;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.EmbeddedRedisShards;

/**
 * Injects an {@link EmbeddedRedisCluster}, {@link EmbeddedRedisSentinel},
 * {@link EmbeddedRedisServer} or {@link EmbeddedRedisShards} into static fields and into
 * parameters of constructors and methods of a test class.
 * <p>
 * One instance of each kind, with its builder's defaults, serves all test classes of a
 * JVM. It is started when it is first asked for, and healed and emptied before a test
 * class first gets it. A class that needs other settings builds its own. Not for test
 * classes that run in parallel.
 *
 * @since 0.1.0
 */
public final class EmbeddedRedisExtension implements BeforeAllCallback, ParameterResolver {

	private static final Namespace SHARED = Namespace.create(EmbeddedRedisExtension.class, "shared");

	/**
	 * Holds marks only: the store of a test class would close the instance with the
	 * class.
	 */
	private static final Namespace PREPARED = Namespace.create(EmbeddedRedisExtension.class, "prepared");

	@Override
	public void beforeAll(ExtensionContext context) throws IllegalAccessException {
		for (Field field : ReflectionSupport.findFields(context.getRequiredTestClass(),
				EmbeddedRedisExtension::isInjected, HierarchyTraversalMode.TOP_DOWN)) {
			field.setAccessible(true);
			if (field.get(null) == null) {
				field.set(null, healthy(field.getType(), context));
			}
		}
	}

	private static boolean isInjected(Field field) {
		return Modifier.isStatic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers())
				&& isSupported(field.getType());
	}

	@Override
	public boolean supportsParameter(ParameterContext parameterContext, ExtensionContext extensionContext) {
		return isSupported(parameterContext.getParameter().getType());
	}

	@Override
	public EmbeddedRedis resolveParameter(ParameterContext parameterContext, ExtensionContext extensionContext) {
		return healthy(parameterContext.getParameter().getType(), extensionContext);
	}

	private static boolean isSupported(Class<?> type) {
		return EmbeddedRedis.class.isAssignableFrom(type) && type != EmbeddedRedis.class;
	}

	private static EmbeddedRedis healthy(Class<?> type, ExtensionContext context) {
		EmbeddedRedis shared = context.getStore(StoreScope.LAUNCHER_SESSION, SHARED)
			.computeIfAbsent(type, EmbeddedRedisExtension::start, EmbeddedRedis.class);
		testClass(context).getStore(PREPARED).computeIfAbsent(type, (key) -> {
			shared.awaitHealthy();
			shared.flush();
			return true;
		});
		return shared;
	}

	private static ExtensionContext testClass(ExtensionContext context) {
		return context.getParent()
			.filter((parent) -> parent.getTestClass().isPresent())
			.map(EmbeddedRedisExtension::testClass)
			.orElse(context);
	}

	private static EmbeddedRedis start(Class<?> type) {
		if (type == EmbeddedRedisCluster.class) {
			return EmbeddedRedisCluster.builder().start();
		}
		if (type == EmbeddedRedisSentinel.class) {
			return EmbeddedRedisSentinel.builder().start();
		}
		if (type == EmbeddedRedisShards.class) {
			return EmbeddedRedisShards.builder().start();
		}
		return EmbeddedRedisServer.builder().start();
	}

}
