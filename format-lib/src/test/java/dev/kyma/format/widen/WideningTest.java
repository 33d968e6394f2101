package dev.kyma.format.widen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WideningTest {
  private static final LongVector INTEGERS =
      new LongVector(LogicalType.INT64, 3, new long[] {7, Long.MIN_VALUE, -1}, new long[] {0b100});

  @Test
  void integersWidenToDecimalsDoublesAndJson() {
    LogicalType decimal = LogicalType.decimal(38, 10);
    Int128Vector wide = (Int128Vector) Widening.of(INTEGERS, decimal);
    assertThat(wide.value(1))
        .isEqualTo(BigInteger.valueOf(Long.MIN_VALUE).multiply(BigInteger.TEN.pow(10)));
    assertThat(wide.isNull(2)).isTrue();

    DoubleVector doubles = (DoubleVector) Widening.of(INTEGERS, LogicalType.FLOAT64);
    assertThat(doubles.values()[0]).isEqualTo(7.0);
    assertThat(texts(INTEGERS)).containsExactly("7", "-9223372036854775808", null);
  }

  @Test
  void narrowIntegersAndDatesKeepTheirValues() {
    LongVector small = new LongVector(LogicalType.INT16, new long[] {-3});
    assertThat(((LongVector) Widening.of(small, LogicalType.INT64)).values()).containsExactly(-3);
    LongVector money = new LongVector(LogicalType.decimal(5, 2), new long[] {-105});
    assertThat(((LongVector) Widening.of(money, LogicalType.decimal(9, 4))).values())
        .containsExactly(-10_500);
    LongVector date = new LongVector(LogicalType.DATE, new long[] {-1});
    assertThat(((LongVector) Widening.of(date, LogicalType.TIMESTAMP)).values())
        .containsExactly(-86_400_000_000_000L);
  }

  @Test
  void everyTypeHasAJsonText() {
    assertThat(texts(new LongVector(LogicalType.BOOL, new long[] {1, 0})))
        .containsExactly("true", "false");
    assertThat(texts(new LongVector(LogicalType.TIMESTAMP, new long[] {-1, 1_500_000_000})))
        .containsExactly("\"1969-12-31T23:59:59.999999999Z\"", "\"1970-01-01T00:00:01.500Z\"");
    assertThat(texts(new LongVector(LogicalType.decimal(5, 2), new long[] {-105})))
        .containsExactly("-1.05");
    assertThat(texts(new DoubleVector(LogicalType.FLOAT32, new double[] {0.1f, Double.NaN})))
        .containsExactly("0.1", "\"NaN\"");
    BytesVectorBuilder text = new BytesVectorBuilder(LogicalType.TEXT, 2);
    text.append("a\"b\u00e9");
    text.append("");
    assertThat(texts(text.build())).containsExactly("\"a\\\"b\u00e9\"", "\"\"");
    BytesVectorBuilder binary = new BytesVectorBuilder(LogicalType.BINARY, 1);
    binary.append(new byte[] {0, -1});
    assertThat(texts(binary.build())).containsExactly("\"AP8=\"");
    assertThat(texts(new FloatsVector(LogicalType.vector(2), 1, new float[] {0.1f, -2}, null)))
        .containsExactly("[0.1,-2.0]");
  }

  @Test
  void narrowingIsRefused() {
    assertThatThrownBy(() -> Widening.of(INTEGERS, LogicalType.INT32))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Widening.of(INTEGERS, LogicalType.decimal(18, 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Widening.isWider(LogicalType.decimal(9, 4), LogicalType.decimal(9, 2))).isFalse();
  }

  @Test
  void columnsAreFoundByIdAndNewOnesAreNull() {
    TableSchema older =
        TableSchema.of(
            new Field(1, "a", LogicalType.INT64, true), new Field(2, "b", LogicalType.DATE, true));
    TableSchema newer =
        TableSchema.of(
            new Field(2, "renamed", LogicalType.TIMESTAMP, true),
            new Field(3, "c", LogicalType.TEXT, true),
            new Field(1, "a", LogicalType.INT64, true));
    ColumnVector dates = new LongVector(LogicalType.DATE, new long[] {1, 2, 3});
    Batch mapped = Widening.of(new Batch(List.of(INTEGERS, dates), 3), older, newer);
    assertThat(mapped.column(0).type()).isEqualTo(LogicalType.TIMESTAMP);
    assertThat(IntStream.range(0, 3).allMatch(mapped.column(1)::isNull)).isTrue();
    assertThat(mapped.column(2)).isSameAs(INTEGERS);
  }

  private static String[] texts(ColumnVector vector) {
    BytesVector json = (BytesVector) Widening.of(vector, LogicalType.DYNAMIC);
    String[] texts = new String[json.size()];
    for (int row = 0; row < texts.length; row++) {
      texts[row] = json.isNull(row) ? null : json.text(row);
    }
    return texts;
  }
}
