using System.CommandLine;
using BrewClip.Cli.Terminal;
using BrewClip.Data.LittleWorld;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip littleworld generate</c></summary>
internal static class LittleWorldVerb
{
    public static Command Create() => new("littleworld", "Little World: a small world of pictures and speech to train and test with.") { CreateGenerate(), LittleWorldTrainVerb.Create() };

    private static Command CreateGenerate()
    {
        var defaults = new LittleWorldOptions();
        var folder = new Option<string>("--out") { Description = "The folder to write, in Flickr8k's layout.", Required = true };
        var images = new Option<int>("--images") { Description = "Images in all.", DefaultValueFactory = _ => defaults.Images };
        var seed = new Option<ulong>("--seed") { Description = "Decides every draw.", DefaultValueFactory = _ => defaults.Seed };
        var style = new Option<SpeakingStyle>("--style") { Description = "Scripted captions, or spontaneous descriptions.", DefaultValueFactory = _ => defaults.Style };
        var size = new Option<int>("--image-size") { Description = "Width and height of the pictures in pixels.", DefaultValueFactory = _ => defaults.ImageSize };
        var generate = new Command("generate", "Paints the scenes and speaks the captions (needs espeak-ng). Goes on where an earlier run was stopped.")
        {
            folder, images, seed, style, size,
        };
        generate.SetAction(async (parsed, cancellation) =>
        {
            var options = defaults with
            {
                Images = parsed.GetValue(images),
                Seed = parsed.GetValue(seed),
                Style = parsed.GetValue(style),
                ImageSize = parsed.GetValue(size),
            };
            var bar = new ProgressBar("images");
            var progress = new DirectProgress<LittleWorldProgress>(step => bar.Report(step.Done, step.Total));
            string target = parsed.GetRequiredValue(folder);
            await new LittleWorldGenerator(new EspeakSynthesizer()).GenerateAsync(target, options, progress, cancellation).ConfigureAwait(false);
            Output.Line(Path.GetFullPath(target));
            return ExitCode.Done;
        });
        return generate;
    }
}
