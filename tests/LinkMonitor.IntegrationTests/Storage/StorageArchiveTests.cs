using System.Globalization;
using Azure.Data.Tables;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Archives;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Installations;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Storage;

/// <summary>From one Azurite account to another and back.</summary>
public sealed class StorageArchiveTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_row_arrives_as_it_was()
    {
        var (from, fromOptions) = await AccountAsync();
        await EveryRow.WriteAsync(from, new ProjectId("prj_a"), Token);
        await new ImportMark(from.Tables).RemoveAsync(Token);
        await from.Tables.Open(TableNames.Failures).PutAsync(Strange(), Token);
        var (to, toOptions) = await AccountAsync();
        await InstallationMarkStore.Of(toOptions).ClaimAsync(new InstallationMark("ins_there", "there", Noon), Token);
        using var file = await ExportAsync(fromOptions);

        var result = await StorageArchive.Open(toOptions).ImportAsync(file, Noon, null, Token);

        var done = Assert.IsType<ImportResult.Done>(result);
        Assert.Equal(TableNames.All.Order(StringComparer.Ordinal), done.Rows.Keys);
        foreach (var table in TableNames.All)
            Assert.Equal(await TextAsync(from, table), await TextAsync(to, table));
        Assert.Equal("ins_there", (await InstallationMarkStore.Of(toOptions).FindAsync(Token))!.Id);
        Assert.Null(await new ImportMark(to.Tables).FindAsync(Token));
    }

    [Fact]
    public async Task A_storage_that_is_not_empty_is_refused()
    {
        var (from, fromOptions) = await AccountAsync();
        await from.Projects.AddAsync(StorageSamples.Project(new ProjectId("prj_a")), Token);
        using var file = await ExportAsync(fromOptions);

        var result = await StorageArchive.Open(fromOptions).ImportAsync(file, Noon, null, Token);

        Assert.Equal(new ImportResult.NotEmpty(TableNames.Projects), result);
    }

    [Fact]
    public async Task A_stopped_import_goes_on_with_the_same_archive_and_no_other()
    {
        var (from, fromOptions) = await AccountAsync();
        await FillAsync(from, 250);
        using var file = await ExportAsync(fromOptions);
        await from.Projects.AddAsync(StorageSamples.Project(new ProjectId("prj_other")), Token);
        using var other = await ExportAsync(fromOptions);
        var (to, toOptions) = await AccountAsync();
        using var stop = new CancellationTokenSource();
        var failing =
            toOptions with
            {
                ConfigureTables = tables => tables.AddPolicy(new StopAfter(2, stop), Azure.Core.HttpPipelinePosition.PerCall),
            };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => StorageArchive.Open(failing).ImportAsync(file, Noon, null, stop.Token));

        Assert.NotNull(await new ImportMark(to.Tables).FindAsync(Token));
        Assert.IsType<ImportResult.OtherBegan>(await StorageArchive.Open(toOptions).ImportAsync(other, Noon, null, Token));
        file.Position = 0;
        Assert.IsType<ImportResult.Done>(await StorageArchive.Open(toOptions).ImportAsync(file, Noon, null, Token));
        Assert.Equal(250, (await to.RowsAsync(TableNames.Links, null, Token)).Count);
    }

    [Fact]
    public async Task Every_damage_of_the_file_is_refused_before_anything_is_written()
    {
        var (from, fromOptions) = await AccountAsync();
        await FillAsync(from, 30);
        using var file = await ExportAsync(fromOptions);
        var (to, toOptions) = await AccountAsync();
        var whole = file.ToArray();

        for (var i = 0; i < whole.Length; i += 7)
        {
            await RefusedAsync(whole[..i], toOptions);
            var flipped = whole.ToArray();
            flipped[i] ^= 0x10;
            await RefusedAsync(flipped, toOptions, mayBeWhole: true);
        }

        foreach (var table in TableNames.All)
            Assert.Empty(await to.RowsAsync(table, null, Token));
    }

    private static async Task RefusedAsync(byte[] bytes, StorageOptions options, bool mayBeWhole = false)
    {
        using var damaged = new MemoryStream(bytes);
        try
        {
            await foreach (var _ in ArchiveReader.ReadAsync(damaged, Token))
            {
                // To its end.
            }

            // The header of gzip has bits that say nothing, such as the time.
            Assert.True(mayBeWhole);
            return;
        }
        catch (InvalidArchiveException)
        {
            // As it must be; and the import says the same.
        }

        damaged.Position = 0;
        await Assert.ThrowsAsync<InvalidArchiveException>(() => StorageArchive.Open(options).ImportAsync(damaged, Noon, null, Token));
    }

    private static TableEntity Strange() => new("of a later version", "row")
    {
        ["text"] = "line\nbreak \u2028 \"quoted\" \u00FC \U0001F600",
        ["empty"] = "",
        ["int"] = int.MinValue,
        ["long"] = long.MaxValue,
        ["double"] = 0.1,
        ["bool"] = true,
        ["time"] = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1),
        ["guid"] = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"),
        ["bytes"] = new byte[] { 0, 1, 255 },
    };

    private static async Task FillAsync(TestStorage storage, int rows)
    {
        for (var i = 0; i < rows; i++)
            await storage.Tables
                .Open(TableNames.Links)
                .PutAsync(
                    new TableEntity("prj_a", $"link:{i:d4}") { ["v"] = 1, ["note"] = new string((char)('a' + (i % 26)), 500) }, Token);
    }

    private static async Task<MemoryStream> ExportAsync(StorageOptions options)
    {
        var file = new MemoryStream();
        await StorageArchive.Open(options).ExportAsync(file, "0.1.0", Noon, null, Token);
        file.Position = 0;
        return file;
    }

    private static async Task<List<string>> TextAsync(TestStorage storage, string table) =>
    [
        .. (await storage.RowsAsync(table, null, Token))
            .Where(row => row.PartitionKey != InstallationKeys.Partition)
            .Select(
                row =>
                    string.Join(
                        '|',
                        row.Where(column => column.Key is not ("odata.etag" or "Timestamp")).OrderBy(
                            column => column.Key, StringComparer.Ordinal)
                    .Select(column => $"{column.Key}={column.Value?.GetType().Name}:{Text(column.Value)}")))
            .Order(StringComparer.Ordinal),
    ];

    private static string? Text(object? value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        DateTimeOffset time => time.UtcTicks.ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private async Task<(TestStorage Storage, StorageOptions Options)> AccountAsync()
    {
        var account = await AzuriteAccount.CreateAsync(azurite, Token);
        return (account, account.Options);
    }

    private sealed class StopAfter(int transactions, CancellationTokenSource stop) : Azure.Core.Pipeline.HttpPipelineSynchronousPolicy
    {
        private int _left = transactions;

        public override void OnSendingRequest(Azure.Core.HttpMessage message)
        {
            if (message.Request.Uri.ToString().Contains("$batch", StringComparison.Ordinal) && --_left < 0)
                stop.Cancel();
        }
    }
}
