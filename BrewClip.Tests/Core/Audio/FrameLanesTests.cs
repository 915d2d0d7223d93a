using System.Runtime.Intrinsics;
using BrewClip.Core.Audio;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Audio;

public sealed unsafe class FrameLanesTests
{
    [Fact]
    public void Vectors_and_single_numbers_interleave_alike()
    {
        float[] samples = FormulaWeights.Uniform("lanes", 7 * 160 + 400);
        float[] window = FormulaWeights.Uniform("window", 400);
        var fast = new Vector256<float>[400];
        float[] plain = new float[400 * FrameLanes.Count];
        fixed (float* from = samples, weights = window, to = plain)
        fixed (Vector256<float>* lanes = fast)
        {
            FrameLanes.Interleave(from, 160, weights, 400, lanes);
            FrameLanes.InterleaveScalar(from, 160, weights, 400, to);
        }

        Assert.Equal(plain, fast.SelectMany(vector => Enumerable.Range(0, FrameLanes.Count).Select(i => vector[i])));
        Assert.Equal(samples[3 * 160 + 11] * window[11], plain[11 * FrameLanes.Count + 3]);
    }
}
