using './main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'linkmonitor')
param adminKey = readEnvironmentVariable('LINKMONITOR_ADMIN_KEY')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
