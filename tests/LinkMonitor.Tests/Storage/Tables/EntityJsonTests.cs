using System.Text;
using System.Text.Json;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Tests.Storage.Tables;

public sealed class EntityJsonTests
{
    [Fact]
    public void Types_are_annotated_and_system_properties_and_nulls_are_left_out()
    {
        var entity = new TableEntity("p", "r")
        {
            ["Long"] = 1L,
            ["Real"] = 5d,
            ["Text"] = "é\u2028",
            ["Null"] = null,
            ["Timestamp"] = DateTimeOffset.UnixEpoch,
            ["odata.etag"] = "W/\"1\"",
            ["At"] = DateTimeOffset.UnixEpoch.AddTicks(1),
            ["Raw"] = new byte[] { 1 },
        };

        var json = Encoding.UTF8.GetString(EntityWriter.Write(entity));

        Assert.Equal(
            """{"PartitionKey":"p","RowKey":"r","Long@odata.type":"Edm.Int64","Long":"1","Real@odata.type":"Edm.Double","Real":5"""
            + ""","Text":"\u00E9\u2028","At@odata.type":"Edm.DateTime","At":"1970-01-01T00:00:00.0000001Z","Raw@odata.type":"Edm.Binary","Raw":"AQ=="}""",
            json);
    }

    [Fact]
    public void Annotations_count_wherever_they_stand()
    {
        var entity = Read(
            """
            {"odata.metadata":"x","odata.etag":"W/\"datetime'1'\"","PartitionKey":"p","RowKey":"r","Timestamp":"2026-01-02T03:04:05.1234567Z",
             "Long":"-5","Long@odata.type":"Edm.Int64","Whole":5.0,"Big":1E+21,"Int":-7,"Odd@odata.type":"Edm.Double","Odd":"-Infinity",
             "Plain":"2026-01-02T03:04:05Z","Null":null}
            """);

        Assert.Equal("W/\"datetime'1'\"", entity.ETag.ToString());
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1_234_567), entity.Timestamp);
        Assert.Equal((-5L, 5d, 1e21, -7), (entity.GetInt64("Long"), entity.GetDouble("Whole"), entity.GetDouble("Big"), entity.GetInt32("Int")));
        Assert.Equal((double.NegativeInfinity, "2026-01-02T03:04:05Z"), (entity.GetDouble("Odd"), entity.GetString("Plain")));
        Assert.Null(entity["Null"]);
        Assert.False(entity.ContainsKey("odata.metadata"));
    }

    [Fact]
    public void What_the_service_cannot_store_is_refused_by_name()
    {
        var type = Assert.Throws<ArgumentException>(() => EntityWriter.Write(new TableEntity("p", "r") { ["Price"] = 1.5m }));
        var early = Assert.Throws<ArgumentException>(() => EntityWriter.Write(new TableEntity("p", "r") { ["When"] = DateTimeOffset.MinValue }));

        Assert.Contains("Price is a Decimal", type.Message, StringComparison.Ordinal);
        Assert.Contains("When lies before the year 1601", early.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_getter_of_another_type_fails_instead_of_converting()
    {
        var entity = new TableEntity("p", "r") { ["N"] = 1, ["T"] = "1" };

        Assert.Equal(1L, entity.GetInt64("N"));
        Assert.Null(entity.GetGuid("absent"));
        Assert.Throws<InvalidOperationException>(() => entity.GetString("N"));
        Assert.Throws<InvalidOperationException>(() => entity.GetInt32("T"));
    }

    private static TableEntity Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return EntityReader.Read(document.RootElement);
    }
}
