using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Hosting.Standalone;
using LinkMonitor.Storage.Archives;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Installations;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Tests.Architecture;

/// <summary>What each project may know of the outside, seen in the compiled code: every type that is named anywhere in it.</summary>
public sealed class ReferenceTests
{
    private static readonly Assembly Engine = typeof(WebUrl).Assembly;
    private static readonly Assembly Storage = typeof(ILinkStore).Assembly;
    private static readonly Assembly Executable = typeof(LoopOptions).Assembly;

    [Fact]
    public void No_type_of_Azure_is_known_outside_the_storage_but_where_telemetry_is_sent()
    {
        Assert.Empty(Named(Engine, "Azure"));
        Assert.Equal(
            ["Azure.Core.TokenCredential"],
            Named(Executable, "Azure").Where(type => !IsIn(type, "Azure.Monitor.OpenTelemetry.Exporter")));
    }

    [Fact]
    public void The_engine_and_the_storage_know_no_web_server()
    {
        Assert.Empty(Named(Engine, "Microsoft.AspNetCore"));
        Assert.Empty(Named(Storage, "Microsoft.AspNetCore"));
    }

    [Fact]
    public void The_storage_names_Azure_so_that_the_test_would_see_it_elsewhere() => Assert.NotEmpty(Named(Storage, "Azure"));

    [Fact]
    public void No_port_of_the_storage_shows_a_type_of_Azure() =>
        Assert.Empty(Storage.GetExportedTypes().Where(type => type != typeof(ManagedIdentity)).SelectMany(Shown)
            .Where(type => IsIn(type.Namespace, "Azure")).Select(type => type.FullName).Distinct());

    [Fact]
    public void Dependencies_point_one_way()
    {
        Assert.DoesNotContain(Engine.GetReferencedAssemblies(), name => name.Name is "LinkMonitor.Storage" or "linkmonitor");
        Assert.DoesNotContain(Storage.GetReferencedAssemblies(), name => name.Name == "linkmonitor");
    }

    /// <summary>
    /// Rows leave a table only through <see cref="RowTable"/>, which sets aside what cannot be read; but for the marks of a storage, which
    /// may be a stranger's, in which nothing is noted.
    /// </summary>
    [Fact]
    public void No_store_reads_a_table_itself()
    {
        var readers = Storage.GetTypes()
            .Where(
                type => type.DeclaringType is null
                    && type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Any(field => field.FieldType == typeof(ITable)))
            .Where(
                type =>
                    type.Namespace is not ("LinkMonitor.Storage.Pages" or "LinkMonitor.Storage.Hosts" or "LinkMonitor.Storage.Watching"));

        Assert.Equal(
            new[] { nameof(ImportMark), nameof(InstallationMarkStore), nameof(RowTable) },
            readers.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    private static List<string> Named(Assembly assembly, string root)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => (Namespace: metadata.GetString(type.Namespace), Name: metadata.GetString(type.Name)))
            .Where(type => IsIn(type.Namespace, root))
            .Select(type => $"{type.Namespace}.{type.Name}").Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<Type> Shown(Type type)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var member in type.GetMembers(Public))
            foreach (var shown in member switch
            {
                MethodBase method =>
                    method.GetParameters()
                        .Select(parameter => parameter.ParameterType)
                        .Append((method as MethodInfo)?.ReturnType ?? typeof(void)),
                PropertyInfo property => [property.PropertyType],
                FieldInfo field => [field.FieldType],
                _ => [],
            })
                foreach (var part in Parts(shown))
                    yield return part;
    }

    private static IEnumerable<Type> Parts(Type type) =>
        [type, .. type.GetGenericArguments().SelectMany(Parts), .. type.GetElementType() is { } element ? Parts(element) : []];

    private static bool IsIn(string? name, string root) =>
        name is not null && (name == root || name.StartsWith(root + ".", StringComparison.Ordinal));
}
