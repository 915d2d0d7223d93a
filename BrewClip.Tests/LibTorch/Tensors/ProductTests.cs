using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Tensors;

public class ProductTests
{
    private static Tensor A => arange(6, dtype: ScalarType.Float64).reshape(2, 3);

    private static Tensor B => arange(12, dtype: ScalarType.Float64).reshape(3, 4) - 5;

    private static double[] Product(Tensor a, Tensor b)
    {
        double[] left = a.Values(), right = b.Values();
        long rows = a.shape[0], inner = a.shape[1], columns = b.shape[1];
        var result = new double[rows * columns];
        for (long i = 0; i < rows; i++)
            for (long j = 0; j < columns; j++)
                for (long k = 0; k < inner; k++)
                    result[(i * columns) + j] += left[(i * inner) + k] * right[(k * columns) + j];
        return result;
    }

    [Fact]
    public void Every_matrix_product_agrees_with_the_definition()
    {
        using var scope = NewDisposeScope();
        double[] expected = Product(A, B);
        Expect.Equal(A.matmul(B), [2, 4], expected);
        Expect.Equal(mm(A, B), [2, 4], expected);
        Expect.Equal(einsum("ik,kj->ij", A, B), [2, 4], expected);
        Expect.Equal(A.unsqueeze(0).bmm(B.unsqueeze(0)), [1, 2, 4], expected);
        Expect.Equal(A.unsqueeze(0).matmul(B), [1, 2, 4], expected);
        Expect.Equal(zeros(2, 4, dtype: ScalarType.Float64).addmm(A, B), [2, 4], expected);
        Expect.Equal(addmm(ones(2, 4, dtype: ScalarType.Float64), A, B, 3, 2), [2, 4], [.. expected.Select(value => 3 + (2 * value))]);
        Expect.Equal(zeros(1, 2, 4, dtype: ScalarType.Float64).baddbmm(A.unsqueeze(0), B.unsqueeze(0)), [1, 2, 4], expected);
        Expect.Equal(zeros(2, 4, dtype: ScalarType.Float64).addmm_(A, B), [2, 4], expected);
    }

    [Fact]
    public void Vectors_multiply_as_vectors()
    {
        using var scope = NewDisposeScope();
        var v = tensor(new[] { 1.0, -2, 3 });
        Expect.Equal(A.mv(v), [2], 4, 10);
        Expect.Equal(A.matmul(v), [2], 4, 10);
        Expect.Equal(v.dot(v), [], 14);
        Expect.Equal(outer(v, tensor(new[] { 1.0, 2 })), [3, 2], 1, 2, -2, -4, 3, 6);
        Expect.Equal(v.inner(v), [], 14);
        Expect.Equal(linalg.inv(tensor(new[,] { { 2.0, 0 }, { 0, 4 } })), [2, 2], 0.5, 0, 0, 0.25);
    }

    [Fact]
    public void Single_precision_agrees_with_double_over_strides_and_batches()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var a = randn([3, 5, 33], generator: generator);
        var b = randn([3, 17, 33], generator: generator);
        var single = a.matmul(b.transpose(1, 2));
        Expect.Close(single, a.@double().matmul(b.@double().mT).Values(), 1e-4);
        Expect.Close(single.mT.contiguous(), b.matmul(a.mT).Values(), 1e-4);
    }

    [Fact]
    public void Distances_of_all_pairs_of_rows()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[,] { { 0.0, 0 }, { 3, 4 } });
        Expect.Close(cdist(x, x), [0, 5, 5, 0], 1e-9);
        Expect.Close(cdist(x, x, 1), [0, 7, 7, 0], 1e-9);
    }
}
