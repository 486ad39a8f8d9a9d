package org.nettyglib.loop;

/** Who iterates the context of a loop. */
enum LoopKind {
    /** The loop itself. */
    OWN_THREAD {
        @Override
        LoopFixture open() {
            return new LoopFixture();
        }
    },

    /** A plain {@code GMainLoop}. */
    ATTACHED {
        @Override
        LoopFixture open() {
            return LoopFixture.attached(GLibLoopOptions.defaults());
        }
    };

    /** A loop of this kind, to be closed. */
    abstract LoopFixture open();
}
