using BrewClip.Core.Checkpoints;

namespace BrewClip.Models.Loading;

/// <summary>For every parameter of a model, where its checkpoint keeps it: checked name by name before anything is allocated.</summary>
internal sealed class CheckpointPlan
{
    private static readonly SafetensorsType[] _weightTypes =
        [SafetensorsType.Float32, SafetensorsType.Float16, SafetensorsType.BFloat16, SafetensorsType.Float64];

    private CheckpointPlan(IReadOnlyList<StoredParameter> stored, IReadOnlyList<ExpectedParameter> absent)
    {
        Stored = stored;
        Absent = absent;
    }

    public IReadOnlyList<StoredParameter> Stored { get; }

    /// <summary>Optional parameters that the file lacks.</summary>
    public IReadOnlyList<ExpectedParameter> Absent { get; }

    public long ElementCount => Stored.Sum(parameter => parameter.Tensor.ElementCount);

    /// <param name="file">The checkpoint.</param>
    /// <param name="names">What it may call its parameters.</param>
    /// <param name="expected">Those that the model asks for.</param>
    /// <param name="others">Names of parameters that belong to a part of the network which is not loaded.</param>
    /// <param name="allowUnexpected">Leave out parameters that nothing asks for.</param>
    /// <exception cref="CheckpointMismatchException">Names or shapes disagree.</exception>
    /// <exception cref="InvalidDataException">A parameter is stored in a type that is no floating-point number.</exception>
    public static CheckpointPlan Create(
        SafetensorsFile file, CheckpointNames names, IEnumerable<ExpectedParameter> expected, IEnumerable<string> others,
        bool allowUnexpected)
    {
        var wanted = expected.ToDictionary(parameter => parameter.Name);
        var known = others.ToHashSet();
        var stored = new Dictionary<string, StoredParameter>();
        var unexpected = new List<string>();
        var wrongShapes = new List<string>();
        foreach (var parameter in file.Tensors.Values.SelectMany(names.Translate)
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
        {
            if (!wanted.TryGetValue(parameter.Name, out var match))
            {
                if (!known.Contains(parameter.Name) && !allowUnexpected)
                {
                    unexpected.Add($"{parameter.Tensor.Name} {parameter.Tensor.ShapeText}");
                }
            }
            else if (!stored.TryAdd(parameter.Name, parameter))
            {
                string twin = stored[parameter.Name].Tensor.Name;
                unexpected.Add($"{parameter.Tensor.Name} {parameter.Tensor.ShapeText} beside {twin}, which is the same parameter");
            }
            else if (!match.Shape.AsSpan().SequenceEqual(parameter.Shape))
            {
                wrongShapes.Add($"{parameter.Name} {ShapeText(parameter.Shape)} instead of {ShapeText(match.Shape)}");
            }
        }

        var absent = wanted.Values.Where(parameter => !stored.ContainsKey(parameter.Name)).ToList();
        var missing = absent.Where(parameter => !parameter.Optional)
            .Select(parameter => $"{parameter.Name} {ShapeText(parameter.Shape)}").ToList();
        if (missing.Count + unexpected.Count + wrongShapes.Count > 0)
        {
            throw new CheckpointMismatchException(file.Path, missing, unexpected, wrongShapes);
        }

        CheckTypes(file, stored.Values);
        return new CheckpointPlan([.. stored.Values], absent);
    }

    private static string ShapeText(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";

    private static void CheckTypes(SafetensorsFile file, IEnumerable<StoredParameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            if (!_weightTypes.Contains(parameter.Tensor.Type))
            {
                throw new InvalidDataException(
                    $"'{file.Path}' stores {parameter.Tensor.Name} as {parameter.Tensor.Type}: float32, float16, bfloat16 or float64 is "
                    + "expected.");
            }
        }
    }
}
