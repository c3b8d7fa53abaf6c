package io.github.hotplate.architecture;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.ClassUtils;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.support.Randoms;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The walls of the house.
 */
@AnalyzeClasses(packages = "io.github.hotplate", importOptions = ArchitectureTests.Product.class)
class ArchitectureTests {

	@ArchTest
	private final ArchRule packagesHaveNoCycles = SlicesRuleDefinition.slices()
		.matching("io.github.hotplate.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	void noRoomImportsFromFloorAbove(JavaClasses classes) {
		List<String> upwards = dependencies(classes)
			.filter((dependency) -> floor(dependency.getTargetClass()) < floor(dependency.getOriginClass()))
			.map(Dependency::getDescription)
			.toList();
		assertThat(upwards).isEmpty();
	}

	@ArchTest
	void everyRoomIsOnFloor(JavaClasses classes) {
		assertThat(classes.stream().map(ArchitectureTests::room).distinct())
			.containsExactlyInAnyOrderElementsOf(Floors.FROM_THE_TOP);
	}

	@ArchTest
	void noRoomHoldsMoreThan35Types(JavaClasses classes) {
		Map<String, Long> sizes = classes.stream()
			.filter((type) -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
			.collect(Collectors.groupingBy(ArchitectureTests::room, Collectors.counting()));
		assertThat(sizes).allSatisfy((room, types) -> assertThat(types).as(room).isLessThanOrEqualTo(35));
	}

	/**
	 * A listener is given what it listens to, and an annotation names its condition.
	 */
	private static final Set<String> PERMITTED_CIRCLES = Set.of(
			"io.github.hotplate.hotkey.HotKeyListener <-> io.github.hotplate.hotkey.HotKeyTracker",
			"io.github.hotplate.autoconfigure.ConditionalOnMetricsConvention"
					+ " <-> io.github.hotplate.autoconfigure.OnMetricsConventionCondition");

	@ArchTest
	void noTwoClassesNeedEachOther(JavaClasses classes) {
		Set<String> edges = dependencies(classes).map(
				(dependency) -> topLevel(dependency.getOriginClass()) + " <-> " + topLevel(dependency.getTargetClass()))
			.collect(Collectors.toSet());
		Set<String> circles = edges.stream()
			.filter((edge) -> edges.contains(edge.replaceAll("(.+) <-> (.+)", "$2 <-> $1")))
			.filter((edge) -> edge.compareTo(edge.replaceAll("(.+) <-> (.+)", "$2 <-> $1")) < 0)
			.collect(Collectors.toSet());
		assertThat(circles).isEqualTo(PERMITTED_CIRCLES);
	}

	private static Stream<Dependency> dependencies(JavaClasses classes) {
		return classes.stream()
			.flatMap((type) -> type.getDirectDependenciesFromSelf().stream())
			.filter((dependency) -> dependency.getTargetClass().getPackageName().startsWith(Floors.BASE))
			.filter((dependency) -> !topLevel(dependency.getOriginClass())
				.equals(topLevel(dependency.getTargetClass())));
	}

	private static String topLevel(JavaClass type) {
		JavaClass base = type.getBaseComponentType();
		return base.getPackageName() + "."
				+ base.getName().substring(base.getPackageName().length() + 1).split("\\$")[0];
	}

	private static String room(JavaClass type) {
		return type.getPackageName().substring(Floors.BASE.length() + 1);
	}

	private static int floor(JavaClass type) {
		return Floors.FROM_THE_TOP.indexOf(room(type.getBaseComponentType()));
	}

	@ArchTest
	private final ArchRule timeAndChanceComeInByConstructor = ArchRuleDefinition.noClasses()
		.that()
		.doNotHaveFullyQualifiedName(Randoms.class.getName())
		.should()
		.callMethod(System.class, "nanoTime")
		.orShould()
		.callMethod(System.class, "currentTimeMillis")
		.orShould()
		.callMethod(ThreadLocalRandom.class, "current")
		.orShould()
		.callMethod(Collections.class, "shuffle", List.class);

	@ArchTest
	private final ArchRule nothingDependsOnAutoConfiguration = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackage("..autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.github.hotplate.autoconfigure..");

	@ArchTest
	private final ArchRule onlyAutoConfigurationKnowsConditions = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackage("..autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.boot.autoconfigure..", "org.springframework.context.annotation..");

	@ArchTest
	private final ArchRule onlyConfigurationReadsProperties = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackages("..autoconfigure..", "..config..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.boot.context.properties..", "org.springframework.boot.env..")
		.orShould()
		.callMethodWhere(
				JavaCall.Predicates.target(With.owner(JavaClass.Predicates.assignableTo(PropertyResolver.class))));

	@ArchTest
	private final ArchRule autoConfigurationsArePublicAndFinal = ArchRuleDefinition.classes()
		.that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL);

	@ArchTest
	private final ArchRule configurationsInsideArePackagePrivate = ArchRuleDefinition.classes()
		.that()
		.areAnnotatedWith(Configuration.class)
		.and()
		.areNotAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	private final ArchRule beanMethodsArePackagePrivate = ArchRuleDefinition.methods()
		.that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	private final ArchRule classConditionsAreOnClasses = ArchRuleDefinition.noMethods()
		.should()
		.beAnnotatedWith(ConditionalOnClass.class);

	@ArchTest
	private final ArchRule caseIsConvertedInNamedLocale = ArchRuleDefinition.noClasses()
		.should()
		.callMethod(String.class, "toLowerCase")
		.orShould()
		.callMethod(String.class, "toUpperCase");

	@ArchTest
	void importsListAutoConfigurations(JavaClasses classes) {
		assertThat(ImportCandidates.load(AutoConfiguration.class, ArchitectureTests.class.getClassLoader()))
			.filteredOn((name) -> name.startsWith("io.github.hotplate."))
			.containsExactlyElementsOf(autoConfigurations(classes).map(JavaClass::getName).sorted().toList());
	}

	@ArchTest
	void autoConfigurationsAreOrderedAroundClassesThatExist(JavaClasses classes) {
		assertThat(autoConfigurations(classes).map((type) -> type.getAnnotationOfType(AutoConfiguration.class))
			.flatMap((annotation) -> Stream.of(annotation.beforeName(), annotation.afterName()))
			.flatMap(Stream::of)).isNotEmpty()
			.allMatch((name) -> ClassUtils.isPresent(name, ArchitectureTests.class.getClassLoader()));
	}

	private static Stream<JavaClass> autoConfigurations(JavaClasses classes) {
		return classes.stream().filter((type) -> type.isAnnotatedWith(AutoConfiguration.class));
	}

	static final class Product implements ImportOption {

		private static final String LOCATION = HotplateAutoConfiguration.class.getProtectionDomain()
			.getCodeSource()
			.getLocation()
			.getPath();

		@Override
		public boolean includes(Location location) {
			return location.contains(LOCATION);
		}

	}

}
