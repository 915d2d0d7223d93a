namespace BrewClip.Benchmarks.Ground;

/// <summary>The products of a Linear, forward and backward, at the sizes of CLIP and Whisper: BrewClip's sgemm_, oneDNN's and OpenBLAS's.</summary>
internal static class Products
{
    private const int Layers = 48;

    private sealed record Shape(string Work, char TransA, char TransB, int Rows, int Columns, int Depth);

    private static readonly Shape[] _shapes =
    [
        new("Linear 768→3072, 50 rows", 'N', 'T', 50, 3072, 768),
        new("Linear 512→2048, 77 rows", 'N', 'T', 77, 2048, 512),
        new("Linear 1024→4096, 257 rows", 'N', 'T', 257, 4096, 1024),
        new("Linear 512→2048, 1500 rows", 'N', 'T', 1500, 2048, 512),
        new("its input gradient, 50 rows", 'N', 'N', 50, 768, 3072),
        new("its input gradient, 77 rows", 'N', 'N', 77, 512, 2048),
        new("its input gradient, 257 rows", 'N', 'N', 257, 1024, 4096),
        new("its weight gradient, 77 rows", 'T', 'N', 2048, 512, 77),
        new("its weight gradient, 1500 rows", 'T', 'N', 2048, 512, 1500),
        new("Linear 512→2048, 5 rows", 'N', 'T', 5, 2048, 512),
    ];

    public static void Report()
    {
        BlasLibrary?[] libraries = [BlasLibrary.BrewClip, BlasLibrary.OneDnn, BlasLibrary.OpenBlas];
        string[] names = ["BrewClip", "oneDNN", "OpenBLAS"];
        Console.WriteLine($"Products, GFLOP/s{"",16}{string.Join("", names.Select(name => $"{name,10}"))}");
        foreach (var shape in _shapes)
        {
            // One library after the other: the threads of two that alternate would fight, and it is the libraries that are compared here.
            var rates = libraries.Select(library => library is null ? "missing" : $"{Rate(library, shape):F0}");
            Console.WriteLine($"  {shape.Work,-31}{string.Join("", rates.Select(rate => $"{rate,10}"))}");
        }

        ReportFewRows(libraries, names);
    }

    private static double Rate(BlasLibrary library, Shape shape)
    {
        var (a, b, c) = Operands(shape);
        double operations = 2.0 * shape.Rows * shape.Columns * shape.Depth;
        int rounds = (int)Math.Clamp(4e9 / operations, 8, 60);
        double best = Timing.Best(rounds, () => library.Multiply(shape.TransA, shape.TransB, shape.Rows, shape.Columns, shape.Depth, a, b, c))[0];
        return Timing.Rate(operations, best);
    }

    // A network's weights do not wait in the cache: each step reads all of them from memory.
    private static void ReportFewRows(BlasLibrary?[] libraries, string[] names)
    {
        Console.WriteLine($"Through Linear 512→2048, milliseconds{"",-12}{string.Join("", names.Select(name => $"{name,10}"))}");
        foreach (int rows in (int[])[1, 18, 50])
        {
            var shape = new Shape("", 'N', 'T', rows, 2048, 512);
            var (a, weights, c) = Operands(shape);
            float[][] layers = [.. Enumerable.Range(0, Layers).Select(_ => (float[])weights.Clone())];
            Write(
                $"{rows,2} rows, the same weights again and again",
                library => Timing.Best(40, () => Step(library, shape, a, [weights], c))[0]);
            Write(
                $"{rows,2} rows, {Layers} layers in turn, from memory",
                library => Timing.Best(8, () => Step(library, shape, a, layers, c))[0] / Layers);
        }

        void Write(string work, Func<BlasLibrary, double> measure)
        {
            var cells = libraries.Select(library => library is null ? "missing" : $"{measure(library):F3}");
            Console.WriteLine($"  {work,-47}{string.Join("", cells.Select(cell => $"{cell,10}"))}");
        }
    }

    private static void Step(BlasLibrary library, Shape shape, float[] a, float[][] all, float[] c)
    {
        foreach (float[] layer in all)
        {
            library.Multiply(shape.TransA, shape.TransB, shape.Rows, shape.Columns, shape.Depth, a, layer, c);
        }
    }

    private static (float[] A, float[] B, float[] C) Operands(Shape shape)
    {
        var random = new Random(1);
        float[] Values(long count) => [.. Enumerable.Range(0, (int)count).Select(_ => random.NextSingle() - 0.5f)];
        return (Values((long)shape.Rows * shape.Depth), Values((long)shape.Columns * shape.Depth), new float[shape.Rows * shape.Columns]);
    }
}
