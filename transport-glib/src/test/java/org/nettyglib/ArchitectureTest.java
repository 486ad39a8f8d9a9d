package org.nettyglib;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.Linker;
import org.junit.jupiter.api.Test;

/** Dependencies point one way: gio, channel, loop, poll, ffi. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.nettyglib");

    @Test
    void shouldDependOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("gio")
                .definedBy("org.nettyglib.gio..")
                .layer("channel")
                .definedBy("org.nettyglib.channel..")
                .layer("loop")
                .definedBy("org.nettyglib.loop..")
                .layer("poll")
                .definedBy("org.nettyglib.poll..")
                .layer("ffi")
                .definedBy("org.nettyglib.ffi..")
                .whereLayer("gio")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("channel")
                .mayOnlyBeAccessedByLayers("gio")
                .whereLayer("loop")
                .mayOnlyBeAccessedByLayers("channel", "gio")
                .whereLayer("poll")
                .mayOnlyBeAccessedByLayers("loop")
                .whereLayer("ffi")
                .mayOnlyBeAccessedByLayers("poll", "loop", "channel", "gio")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCycles() {
        slices().matching("org.nettyglib.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** The one exception patches java-gi's own lookup, once, at the start. */
    @Test
    void shouldCallNativeCodeInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.nettyglib.ffi")
                .and()
                .doNotHaveSimpleName("JavaGi")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Linker.class)
                .check(CLASSES);
    }

    @Test
    void shouldPrefixWhatIsPublic() {
        classes()
                .that()
                .resideInAnyPackage("org.nettyglib.loop", "org.nettyglib.channel")
                .and()
                .areTopLevelClasses()
                .and()
                .arePublic()
                .should()
                .haveSimpleNameStartingWith("GLib")
                .check(CLASSES);
    }

    @Test
    void shouldSealTheBackends() {
        classes()
                .that()
                .implement("org.nettyglib.poll.ReadinessBackend")
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CLASSES);
    }
}
