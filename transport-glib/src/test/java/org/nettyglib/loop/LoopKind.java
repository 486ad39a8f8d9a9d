package org.nettyglib.loop;

/** Who iterates the context of a loop. */
public enum LoopKind {
    /** The loop itself. */
    OWN_THREAD {
        @Override
        public LoopFixture open() {
            return new LoopFixture();
        }
    },

    /** A plain {@code GMainLoop}. */
    ATTACHED {
        @Override
        public LoopFixture open() {
            return LoopFixture.attached(GLibLoopOptions.defaults());
        }
    };

    /** A loop of this kind, to be closed. */
    public abstract LoopFixture open();
}
