using System.Globalization;
using LinkMonitor.Imports;
using LinkMonitor.Links;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.LinkTypes;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Imports;

/// <summary>What reading a file (<see cref="ImportSurvey"/>) holds. The memory is the whole process's, so nothing runs beside it.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ImportMemoryTests : IDisposable
{
    private const string Name = "Memory of imports";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_hundred_megabytes_are_read_without_holding_them()
    {
        var path = Path.Combine(_folder.FullName, "large.csv");
        using (var file = new StreamWriter(path))
        {
            file.Write("page,target,words\n");
            var words = new string('w', 9_900);
            for (var row = 0; row < 11_000; row++)
                file.Write(string.Create(CultureInfo.InvariantCulture, $"https://site{row}.example/,https://example.org/,{words}\n"));
        }

        Assert.True(new FileInfo(path).Length > 100 * 1024 * 1024);
        GC.Collect();
        var before = GC.GetTotalMemory(true);
        var reader = new LinkRequestReader(Options.Create(new MonitoringOptions()), TimeProvider.System);
        var survey = ImportSurvey.Of(
            new FileInfo(path), ImportChoices.None, reader, ProjectTypes.BuiltIn, new DateOnly(2026, 11, 29),
            TestContext.Current.CancellationToken);

        Assert.Equal(11_000, survey.Counts.Added);
        Assert.InRange(GC.GetTotalMemory(true) - before, long.MinValue, 50 * 1024 * 1024);
    }
}
