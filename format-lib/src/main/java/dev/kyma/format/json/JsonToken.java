package dev.kyma.format.json;

/** The pieces a JSON text is made of. */
public enum JsonToken {
  BEGIN_OBJECT,
  END_OBJECT,
  BEGIN_ARRAY,
  END_ARRAY,
  /** The key of an object's member; its value follows. */
  NAME,
  STRING,
  NUMBER,
  TRUE,
  FALSE,
  NULL,
  /** The text is over; nothing but white space followed the value. */
  END
}
