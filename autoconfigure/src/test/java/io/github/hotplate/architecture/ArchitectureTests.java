package io.github.hotplate.architecture;

import java.util.stream.Stream;

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
	private final ArchRule nobodyDependsOnAutoConfiguration = ArchRuleDefinition.noClasses()
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
